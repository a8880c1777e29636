import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { statements } from '../policy/statements.js';

const root = resolve(import.meta.dirname, '..');
const ids = statements.map(({ id }) => id);

/** Names of tests, and the ids in tables of tests: a statement id stands at the beginning of a text. */
const idAtTheStartOfAText = /['"`]([a-z-]+\/[a-z-]+\/\d+)\b/g;

function idsNamedIn(folders: readonly string[]): ReadonlySet<string> {
  const specs = folders.flatMap((folder) => globSync(`test/${folder}/**/*.ts`, { cwd: root }));
  const texts = specs.map((file) => readFileSync(join(root, file), 'utf8'));
  return new Set(texts.flatMap((text) => [...text.matchAll(idAtTheStartOfAText)].map(([, id = '']) => id)));
}

describe('Each of the 64 statements of the document', () => {
  it('has an id', () => {
    expect(new Set(ids).size).toBe(64);
  });

  it.each([
    ['the policy', ['policy']],
    ['the domain and its projections', ['domain', 'projections']],
    ['HTTP', ['http']],
  ])('has a test at the level of %s', (_level, folders) => {
    const named = idsNamedIn(folders);
    expect(ids.filter((id) => !named.has(id))).toEqual([]);
  });

  it('at the level of HTTP is the name of a test, word for word', () => {
    const texts = globSync('test/http/statements-*.spec.ts', { cwd: root }).map((file) =>
      readFileSync(join(root, file), 'utf8'),
    );
    const names = new Set(
      texts.flatMap((text) => [...text.matchAll(/\bit\(\s*'([\w/-]+): /g)].map(([, id = '']) => id)),
    );
    expect([...names].sort()).toEqual([...ids].sort());
  });
});
