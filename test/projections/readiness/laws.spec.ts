import { describe, expect, it } from '@jest/globals';
import { productVersions } from '../../../events/vocabulary.js';
import { fc, runs } from '../../support/properties.js';
import type { ReadinessView } from '../../../projections/readiness/view.js';
import { runbookMarkdown } from '../../../projections/runbook/markdown.js';
import type { RunbookView } from '../../../projections/runbook/view.js';
import { foldName } from '../../../policy/names.js';
import { poolA, poolB } from '../../support/story.js';
import { callsIn, filesWrittenBy, lackingIn, poolsIn, unknownIn } from '../../support/powershell.js';
import type { World } from '../../support/world.js';
import type { Copy } from '../../../facts/pair.js';
import { paste } from './pasting.js';
import { asCommand, follow, give, readinessOf, runbookOf } from './following.js';
import { edit, eitherDown, history, lived, type Given } from './histories.js';
import { text } from '../../support/text.js';

const needsPartner: ReadonlySet<string> = new Set([
  'pre-stage',
  'import-to-backup',
  'fail-over',
  'rescue-export',
  'export-partner',
  'restore-settings',
  'remove-copies',
]);

const everyLine = (readiness: ReadinessView, { steps }: RunbookView): readonly string[] => [
  ...readiness.findings.flatMap(({ action }) => action.powershell),
  ...steps.flatMap(({ powershell, verify }) => [...powershell, ...verify.powershell]),
];

const forEveryHistory = (law: (world: World, fqdn: string) => void): void =>
  fc.assert(
    fc.property(history, fc.constantFrom(poolA, poolB), (commands, fqdn) => law(lived(commands), fqdn)),
    { numRuns: runs(300) },
  );

describe('for every history, readiness and runbook', () => {
  it('print nothing but cmdlets with the switches that they take', () => {
    let printed = 0;
    forEveryHistory((world, fqdn) => {
      for (const line of everyLine(readinessOf(world, fqdn), runbookOf(world, fqdn))) {
        expect({ line, unknown: unknownIn(line) }).toEqual({ line, unknown: [] });
        printed += callsIn(line).length;
      }
    });
    expect(printed).toBeGreaterThan(runs(1_000));
  });

  it('print no cmdlet, and no switch of one, that the version of the product lacks', () => {
    for (const version of productVersions) {
      forEveryHistory((world, fqdn) => {
        give(world, asCommand('set-version', { pool: poolA, version }));
        give(world, asCommand('set-replication', { pool: fqdn, enabled: true }));
        for (const pool of [poolA, poolB])
          give(world, asCommand('report-replication', { pool, state: 'SteadyState' }));
        give(world, asCommand('report-replication', { pool: poolA, state: 'NonSteadyState' }));
        for (const line of everyLine(readinessOf(world, fqdn), runbookOf(world, fqdn)))
          expect({ line, version, lacking: [...lackingIn(line, version), ...unknownIn(line)] }).toEqual({
            line,
            version,
            lacking: [],
          });
      });
    }
  });

  it('name no pool outside the pair', () =>
    forEveryHistory((world, fqdn) => {
      const readiness = readinessOf(world, fqdn);
      const runbook = runbookOf(world, fqdn);
      const named = [
        ...everyLine(readiness, runbook).flatMap(poolsIn),
        ...readiness.findings.flatMap(({ objects }) =>
          objects.flatMap(({ owner, parent }) => [owner, parent]),
        ),
        ...runbook.steps.flatMap(({ record }) => {
          const { pool, destination, owner } = record?.body ?? {};
          return [pool, destination, owner].filter((one) => one !== undefined);
        }),
      ];
      expect(new Set([...named, poolA, poolB])).toEqual(new Set([poolA, poolB]));
    }));

  it('write no file that was ever written', () =>
    forEveryHistory((world, fqdn) => {
      const recorded = [...(world.pair?.exports.values() ?? [])].map(({ fileName }) =>
        foldName(fileName?.split(/[\\/]/).at(-1) ?? ''),
      );
      const written = everyLine(readinessOf(world, fqdn), runbookOf(world, fqdn)).flatMap(filesWrittenBy);
      expect(written.length).toBeGreaterThan(0);
      expect(written.filter((name) => recorded.includes(foldName(name)))).toEqual([]);
    }));

  it('never move what they stand in for, and bring home only from the partner', () =>
    forEveryHistory((world, fqdn) => {
      const partner = fqdn === poolA ? poolB : poolA;
      for (const line of everyLine(readinessOf(world, fqdn), runbookOf(world, fqdn))) {
        if (!line.startsWith('Import-CsRgsConfiguration')) continue;
        const destination = line.includes(`-Destination "service:ApplicationServer:${fqdn}"`)
          ? fqdn
          : partner;
        expect(line.includes(' -OverwriteOwner')).toBe(destination === fqdn);
      }
    }));

  it('print under a finding only what Poolkeeper takes, one line after another', () => {
    let given = 0;
    fc.assert(
      fc.property(eitherDown, fc.constantFrom(poolA, poolB), (commands, fqdn) => {
        for (const { id, action } of readinessOf(lived(commands), fqdn).findings) {
          for (const { line, outcome } of paste(lived(commands), action.powershell)) {
            expect({ id, line, outcome }).toEqual({ id, line, outcome: 'accepted' });
            given += 1;
          }
        }
      }),
      { numRuns: runs(150) },
    );
    expect(given).toBeGreaterThan(runs(50));
  });

  it('print no import, no change of settings and no removal that leaves nothing of what there was', () =>
    fc.assert(
      fc.property(eitherDown, fc.constantFrom(poolA, poolB), (commands, fqdn) => {
        const before = lived(commands);
        for (const { id, action } of readinessOf(before, fqdn).findings) {
          if (action.powershell.some((line) => line.startsWith('$object'))) continue;
          const after = lived(commands);
          paste(after, action.powershell);
          const kept = new Set([...hosted(after), ...filed(after)]);
          const gone = hosted(before).filter((content) => !kept.has(content));
          expect({ id, lines: action.powershell, gone }).toEqual({ id, lines: action.powershell, gone: [] });
        }
      }),
      { numRuns: runs(150) },
    ));

  it('count at stake what their findings do, and say each why with a source', () =>
    forEveryHistory((world, fqdn) => {
      const { atStake, findings, sources } = readinessOf(world, fqdn);
      expect(atStake.total).toBe(findings.reduce((sum, one) => sum + one.atStake, 0));
      const documents = new Set(sources.map(({ id }) => id));
      for (const one of findings) {
        expect(one.sources.every((id) => documents.has(id))).toBe(true);
        expect(one.action.text).not.toBe('');
      }
    }));

  it('say one of a thing, and two of things, and never what is not there', () => {
    const bad = /(?<![\w.-])1 (?!is\b|was\b|has\b)\w+s\b|\b(?:null|undefined|NaN)\b|: \.|, \.| {2}/;
    forEveryHistory((world, fqdn) => {
      for (const { detail, action } of readinessOf(world, fqdn).findings) {
        expect([detail, action.text].filter((sentence) => bad.test(sentence))).toEqual([]);
        expect(`${detail}${action.text}`.endsWith('.')).toBe(true);
      }
    });
  });

  it('are the same when they are asked twice, and end every fence in Markdown', () =>
    forEveryHistory((world, fqdn) => {
      expect(readinessOf(world, fqdn)).toEqual(readinessOf(world, fqdn));
      const markdown = runbookMarkdown(runbookOf(world, fqdn));
      const fences = markdown.split('\n').filter((line) => /^ {4}`{3,}(powershell|sh)?$/.test(line));
      expect(fences.length % 2).toBe(0);
      fences.forEach((fence, index) => expect(/[a-z]$/.test(fence)).toBe(index % 2 === 0));
    }));
});

/** What an object says, wherever it is: its name and its properties. */
const contentOf = ({
  kind,
  id,
  name,
  properties,
}: Pick<Copy, 'kind' | 'id' | 'name' | 'properties'>): string =>
  JSON.stringify([kind, id, name, Object.entries(properties).toSorted()]);
const hosted = ({ pair }: World): readonly string[] => [...(pair?.copies.values() ?? [])].map(contentOf);
const filed = ({ pair }: World): readonly string[] =>
  [...(pair?.exports.values() ?? [])].flatMap(({ objects }) => objects.map(contentOf));

describe('whatever has happened to either pool', () => {
  it('the next step, and all that the other pool has to be up for, is accepted as it is recorded', () => {
    let asked = 0;
    fc.assert(
      fc.property(eitherDown, fc.constantFrom(poolA, poolB), (commands, fqdn) => {
        const world = lived(commands);
        const { next, steps } = runbookOf(world, fqdn);
        for (const { id, state, record } of steps) {
          if (state !== 'now' || record === null) continue;
          if (id !== next && !needsPartner.has(id)) continue;
          const { command, body } = record;
          const { outcome } = world.decide(asCommand(command, body));
          expect({ id, body, outcome }).toEqual({ id, body, outcome: 'accepted' });
          asked += 1;
        }
      }),
      { numRuns: runs(300) },
    );
    expect(asked).toBeGreaterThan(runs(300));
  });

  it('a step that is blocked says what has to come first', () => {
    let blocked = 0;
    fc.assert(
      fc.property(eitherDown, fc.constantFrom(poolA, poolB), (commands, fqdn) => {
        for (const { state, note } of runbookOf(lived(commands), fqdn).steps) {
          if (state !== 'blocked') continue;
          expect(note).toMatch(/ is in stage (outage|failing-over|failed-over|failing-back)/);
          blocked += 1;
        }
      }),
      { numRuns: runs(100) },
    );
    expect(blocked).toBeGreaterThan(0);
  });
});

const fewEdits = fc.array(edit, { maxLength: 10 });

function giveAll(world: World, pool: string, names: readonly string[]): void {
  for (const name of names) give(world, asCommand(name, { pool }));
}

/** The edits, made on this pool; what is created is new. */
function edited(world: World, pool: string, edits: readonly Given[]): void {
  for (const [name, body] of edits) {
    const created = name === 'create-object' ? { id: `new-on-${pool}-${text(body['id'])}` } : {};
    give(world, asCommand(name, { ...body, ...created, pool }));
  }
}

describe('whatever has happened', () => {
  it('following the runbook brings the pool back to normal, with nothing at stake', () =>
    fc.assert(
      fc.property(history, (commands) => {
        const world = lived(commands);
        follow(world);
        expect(readinessOf(world)).toMatchObject({ stage: 'normal', atStake: { total: 0, by: {} } });
      }),
      { numRuns: runs(300) },
    ));

  it('after failback nothing is left to come home once what the runbook asks for is done', () =>
    fc.assert(
      fc.property(history, fewEdits, fewEdits, (commands, onBackup, atHome) => {
        const world = lived(commands);
        follow(world);
        giveAll(world, poolA, ['declare-outage', 'initiate-failover', 'complete-failover']);
        edited(world, poolB, onBackup);
        if (atHome.length > 0) {
          giveAll(world, poolA, ['failback', 'complete-failback']);
          edited(world, poolA, atHome);
        }
        const taken = follow(world);
        if (atHome.length === 0) expect(taken.map(({ id }) => id)).toContain('complete-failback');
        expect(readinessOf(world)).toMatchObject({ stage: 'normal', atStake: { total: 0 } });
      }),
      { numRuns: runs(200) },
    ));
});
