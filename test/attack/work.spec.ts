/** What a client sends four times as much of costs about four times the work: counted, whatever the machine. */
import { describe, expect, it } from '@jest/globals';
import type { Copy, ExportFacts, PairFacts } from '../../facts/pair.js';
import { composed, FreeNames } from '../../policy/names.js';
import { few } from '../../policy/texts/few.js';
import { ClixmlObject } from '../../src/rgs-export/clixml/value.js';
import { evaluateAll, allowed, warn } from '../../src/domain/rules.js';
import { planImport } from '../../src/domain/pair/transfer/import-plan.js';
import { noClashes, primaryUrisFree } from '../../src/domain/pair/transfer/import-rules.js';
import { World } from '../support/world.js';
import { paired, poolA, poolB } from '../support/story.js';

/** The work at n and at 4n. Twice the square would be sixteen times; some slack is for tables that grow. */
function isProportional(work: (size: number) => number, size = 500): void {
  const [small, large] = [work(size), work(4 * size)];
  expect(small).toBeGreaterThan(0);
  expect({ small, large, times: large / small <= 5 }).toEqual({ small, large, times: true });
}

/** A text property of an object that counts how often it is read. */
const counting = <Item extends object>(item: Item, name: keyof Item, count: () => void): Item =>
  Object.defineProperty({ ...item }, name, {
    enumerable: true,
    get: () => {
      count();
      return item[name];
    },
  });

describe('The work for', () => {
  it('the properties of one CLIXML object grows with their number', () =>
    isProportional((size) => {
      let reads = 0;
      const object = new ClixmlObject();
      for (let number = 0; number < size; number += 1) {
        const name = { written: `p${number}`, folded: `p${number}` };
        object.add(
          counting(name, 'folded', () => (reads += 1)),
          null,
        );
      }
      expect(object.properties).toHaveLength(size);
      return reads;
    }));

  it('names that are free grows with their number, where all want the same one', () =>
    isProportional((size) => {
      let asked = 0;
      const taken = new Set<string>();
      const names = new FreeNames((name) => {
        asked += 1;
        return taken.has(name);
      });
      for (let number = 0; number < size; number += 1) taken.add(names.nextTo('x'.repeat(128)));
      expect(taken.size).toBe(size);
      return asked;
    }));

  it('names that clash in an import grows with their number', () =>
    isProportional((size) => {
      let reads = 0;
      const plan = planned(size, (copy) => counting(copy, 'name', () => (reads += 1)));
      expect(noClashes(plan, { destination: poolB, exportId: 'e' })).toMatchObject({ rule: 'name-clash' });
      return reads;
    }, 100));

  it('primary URIs in an import grows with their number', () =>
    isProportional((size) => {
      let reads = 0;
      const plan = planned(size, (copy) => counting(copy, 'properties', () => (reads += 1)));
      expect(primaryUrisFree(plan)).toMatchObject({ rule: 'primary-uri-in-use' });
      return reads;
    }, 100));

  it('warnings grows with their number, and 200,000 rules do not fill the stack', () => {
    const rules = Array.from({ length: 200_000 }, () => () => allowed({ warnings: warn('a', 'b') }));
    const ruling = evaluateAll(rules);
    expect(ruling.outcome === 'allowed' ? ruling.warnings : []).toHaveLength(200_000);
  });

  it('a list in a sentence is that for a few of it', () => {
    let words = 0;
    const sentence = few(
      Array.from({ length: 200_000 }, (_, number) => number),
      { word: (number) => `the ${(words += 1)}st: ${number}` },
    );
    expect(words).toBeLessThan(10);
    expect(sentence).toMatch(/ and 199995 more$/);
  });

  it('composing a name is bounded: marks beyond what a name can have are left as they are', () => {
    const heap = `a${'\u0315\u0316'.repeat(200_000)}`;
    expect(composed(heap)).toBe(heap);
    expect(composed('u\u0308')).toBe('\u00FC');
  });
});

/** An import of as many workflows as stay on the destination, all of one name and one URI. */
function planned(size: number, staying: (copy: Copy) => Copy) {
  const properties = { primaryUri: 'sip:help@contoso.com' };
  const copies = Array.from({ length: size }, (_, number): Copy => ({
    parent: poolB,
    kind: 'workflow',
    id: `here-${number}`,
    name: `Help ${number}`,
    owner: poolB,
    properties,
    ownerRemoved: false,
    hostedSince: 1n,
    lastChange: { type: 'ObjectCreated', position: 1n, occurredAt: '', actor: '' },
    knownAt: '',
  }));
  const pair = pairOf();
  for (const copy of copies) pair.copies.set(copy.id, copy);
  const objects = copies.map(({ name }, number) => ({
    kind: 'workflow' as const,
    id: `there-${number}`,
    name,
    owner: poolA,
    properties,
  }));
  const file = { exportId: 'e', pool: poolA, objects } as Pick<ExportFacts, 'exportId' | 'pool' | 'objects'>;
  const plan = planImport(pair, file as ExportFacts, { destination: poolB, exportId: 'e' });
  return { ...plan, staying: plan.staying.map(staying) };
}

function pairOf(): PairFacts {
  const { pair } = new World().happened([paired]);
  if (pair === null) throw new Error('There is a pair.');
  return pair;
}
