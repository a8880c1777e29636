/** Whatever happens to a pair that replicates, also where its pools are lost one after the other. */
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../events/envelope.js';
import type { FindingId } from '../../../policy/readiness/findings.js';
import type { StepId } from '../../../policy/runbook/steps.js';
import { copyOf, partnerOf } from '../../../facts/copies.js';
import { isDown } from '../../../policy/stages.js';
import { lastExportOf } from '../../../projections/readiness/readiness-context.js';
import { fc, runs } from '../../support/properties.js';
import { paired } from '../../support/story.js';
import { World } from '../../support/world.js';
import { asCommand, readinessOf, runbookOf } from './following.js';

/** A pool is named by its seat: who sits there changes. */
type Seat = 0 | 1;
interface Step {
  readonly name: string;
  readonly seat: Seat;
  readonly body?: JsonObject;
  /** Who owns what is exported. */
  readonly owner?: Seat;
}

const tool = 'managementShell';
const seat = fc.constantFrom<Seat>(0, 0, 1);
const id = fc.constantFrom('a', 'b');
const edit = fc.oneof(
  fc.tuple(seat, id).map(([at, one]): Step => ({
    name: 'create-object',
    seat: at,
    body: { kind: 'agent-group', id: `${one}${at}`, name: `Group ${one}${at}`, tool },
  })),
  fc.tuple(seat, id, seat, fc.nat({ max: 3 })).map(([at, one, of, value]): Step => ({
    name: 'modify-object',
    seat: at,
    body: { kind: 'agent-group', id: `${one}${of}`, properties: { description: String(value) }, tool },
  })),
  fc.tuple(seat, id, seat).map(([at, one, of]): Step => ({
    name: 'remove-object',
    seat: at,
    body: { kind: 'agent-group', id: `${one}${of}`, tool },
  })),
);
const replication = fc.oneof(
  fc
    .tuple(seat, fc.constantFrom('SteadyState', 'SteadyState', 'SteadyState', 'NonSteadyState', 'ErrorState'))
    .map(([at, state]): Step => ({ name: 'report-replication', seat: at, body: { state } })),
  fc
    .tuple(seat, fc.constantFrom({ enabled: false }, { enabled: true }, { update: false }, { update: true }))
    .map(([at, body]): Step => ({ name: 'set-replication', seat: at, body })),
);
const transfer = fc.oneof(
  seat.map((at): Step => ({ name: 'record-export', seat: at })),
  seat.map((at): Step => ({ name: 'record-export', seat: at, owner: at === 0 ? 1 : 0 })),
  fc.tuple(seat, fc.boolean()).map(([at, overwriteOwner]): Step => ({
    name: 'import-response-groups',
    seat: at,
    body: { overwriteOwner },
  })),
);
const stage = fc
  .tuple(
    fc.constantFrom<Seat>(0, 0, 0, 1),
    fc.constantFrom(
      'declare-outage',
      'initiate-failover',
      'complete-failover',
      'failback',
      'complete-failback',
      'close-incident',
      'replace-pool',
      'replace-pool',
      'complete-replacement',
      'complete-replacement',
    ),
  )
  .map(([at, name]): Step => ({ name, seat: at }));
const route = fc
  .tuple(seat, fc.constantFrom('failback', 'replacement'))
  .map(([at, way]): Step => ({ name: 'choose-route', seat: at, body: { route: way } }));

/** The first pool is lost, up to where nothing but the import is missing; or what is missing is done; or a file has more than its partner. */
const together = fc.constantFrom<readonly Step[]>(
  [
    { name: 'create-object', seat: 0, body: { kind: 'agent-group', id: 'b0', name: 'Group b0', tool } },
    { name: 'record-export', seat: 0 },
    { name: 'declare-outage', seat: 0 },
  ],
  ['declare-outage', 'initiate-failover', 'complete-failover', 'replace-pool', 'complete-replacement'].map(
    (name): Step => ({ name, seat: 0 }),
  ),
  [
    { name: 'record-export', seat: 1, owner: 0 },
    { name: 'import-response-groups', seat: 0, body: { overwriteOwner: true } },
    { name: 'complete-replacement', seat: 0 },
    { name: 'close-incident', seat: 0 },
  ],
);
const alone = fc
  .oneof(
    { weight: 3, arbitrary: edit },
    { weight: 2, arbitrary: replication },
    { weight: 3, arbitrary: transfer },
    { weight: 5, arbitrary: stage },
    { weight: 1, arbitrary: route },
  )
  .map((step): readonly Step[] => [step]);

/** It begins with a pair that replicates. */
const history = fc
  .array(fc.oneof({ weight: 6, arbitrary: alone }, { weight: 1, arbitrary: together }), {
    maxLength: 40,
    size: 'max',
  })
  .map((steps): readonly Step[] => [
    { name: 'set-replication', seat: 0, body: { enabled: true, update: true, seeded: true } },
    ...([0, 1] as const).flatMap((at): readonly Step[] => [
      {
        name: 'create-object',
        seat: at,
        body: { kind: 'agent-group', id: `a${at}`, name: `Group a${at}`, tool },
      },
      { name: 'report-replication', seat: at, body: { state: 'SteadyState' } },
    ]),
    ...steps.flat(),
  ]);

const poolOn = (world: World, at: Seat): string => world.pair?.pools[at].fqdn ?? '';

function bodyOf(world: World, { name, seat: at, body = {}, owner }: Step): JsonObject {
  const pool = poolOn(world, at);
  if (name === 'replace-pool')
    return { failed: pool, replacement: `pool-${world.pair?.formerNames.length ?? 0}.fabrikam.com` };
  if (name === 'import-response-groups')
    return { destination: pool, exportId: [...(world.pair?.exports.keys() ?? [])].at(-1) ?? 'none', ...body };
  return { pool, ...body, ...(owner === undefined ? {} : { owner: poolOn(world, owner) }) };
}

const bringing: readonly StepId[] = ['export-homeward', 'import-homeward'];

/** What the runbook of a pool calls not needed, of what a pool in the place of another has to be given. */
const notNeeded = (world: World, at: Seat): readonly StepId[] =>
  runbookOf(world, poolOn(world, at))
    .steps.filter((step) => bringing.includes(step.id) && step.state === 'not-needed')
    .map((step) => step.id);

/** Each says of a copy, or of an object, what the other denies. */
const contrary: readonly (readonly [FindingId, FindingId])[] = [
  ['leftover-copy', 'replica-shown'],
  ['leftover-copy', 'copy-out-of-service'],
  ['replica-shown', 'copy-out-of-service'],
  ...(['leftover-copy', 'replica-shown', 'created-since-export', 'copy-outdated'] as const).map(
    (one) => ['changed-since-replication', one] as const,
  ),
  ...(['not-pre-staged', 'not-imported'] as const).flatMap((one) =>
    (['leftover-copy', 'replica-shown', 'copy-outdated', 'changed-since-replication'] as const).map(
      (other) => [one, other] as const,
    ),
  ),
  ['edited-on-backup', 'to-bring-home'],
];
/** Each names another recovery point of the pool. */
const contraryOfPool: readonly (readonly [FindingId, FindingId])[] = (
  ['never-exported', 'export-too-old'] as const
).flatMap((one) => [
  [one, 'replication-not-reported'],
  [one, 'changed-since-replication'],
]);

function oneThingOfEachCopy(world: World, at: Seat): void {
  const { findings } = readinessOf(world, poolOn(world, at));
  const found = new Set(findings.map((finding) => finding.id));
  const both = contraryOfPool.filter((pair) => pair.every((one) => found.has(one)));
  const objects = Map.groupBy(
    findings.flatMap((finding) => finding.objects.map((object) => ({ ...object, finding: finding.id }))),
    (object) => `${object.kind} ${object.id}`,
  );
  const ofObjects = [...objects].flatMap(([object, all]) => {
    const said = new Set(all.map(({ finding }) => finding));
    return contrary.filter((pair) => pair.every((one) => said.has(one))).map((pair) => [object, ...pair]);
  });
  expect([...both, ...ofObjects]).toEqual([]);
}

function importDemanded(world: World, at: Seat): void {
  const fqdn = poolOn(world, at);
  const pool = world.pair?.pools[at];
  if (pool === undefined || !isDown(pool.stage) || pool.replaces !== undefined) return;
  const missed = readinessOf(world, fqdn).findings.some(({ id }) => byImport.includes(id));
  if (isInFileAlone(world, fqdn)) expect(missed).toBe(true);
  const step = runbookOf(world, fqdn).steps.find(({ id }) => id === 'import-to-backup');
  expect([step?.state === 'now' || step?.state === 'blocked', step?.state]).toEqual([missed, step?.state]);
}

/** Something that the pool owns is in its last file, and its partner has nothing of the kind. */
function isInFileAlone({ pair }: World, fqdn: string): boolean {
  if (pair === null) return false;
  const objects = lastExportOf(pair, fqdn)?.data.objects ?? [];
  const partner = partnerOf(pair, fqdn).fqdn;
  return objects.some(
    ({ kind, id }) =>
      copyOf(pair, fqdn, kind, id)?.owner === fqdn && copyOf(pair, partner, kind, id) === undefined,
  );
}
const byImport: readonly FindingId[] = ['not-imported', 'copy-outdated'];

/** What was tried of the second route: a property that never gets there shows nothing. */
const seen = { replaced: 0, completed: 0, refused: 0 };

function lived(steps: readonly Step[], law: (world: World, step: Step, given: () => string | null) => void) {
  const world = new World().happened([paired]);
  for (const step of steps) {
    law(world, step, () => {
      const decision = world.decide(asCommand(step.name, bodyOf(world, step)));
      if (decision.outcome === 'accepted') {
        world.happened(decision.events);
        if (step.name === 'replace-pool') seen.replaced += 1;
        if (step.name === 'complete-replacement') seen.completed += 1;
      }
      return decision.outcome === 'refused' ? decision.rule : decision.outcome;
    });
  }
}

describe('For every history of a pair that replicates', () => {
  it('no command demands what the runbook before it calls not needed', () => {
    fc.assert(
      fc.property(history, (steps) =>
        lived(steps, (world, step, give) => {
          const before = notNeeded(world, step.seat);
          const chosen = world.pair?.pools[step.seat].route?.route;
          const answer = give();
          if (answer === 'replacement-hosts-its-groups') {
            seen.refused += 1;
            expect(before).toEqual([]);
          }
          // Whoever had chosen to fail back has changed the plan.
          if (step.name !== 'replace-pool' || answer !== 'accepted' || chosen === 'failback') return;
          expect(notNeeded(world, step.seat)).toEqual(before);
        }),
      ),
      { numRuns: runs(120) },
    );
    expect(Object.entries(seen).filter(([, times]) => times === 0)).toEqual([]);
  });

  it('the runbook of a pool that is down demands the import that readiness misses, and no other', () =>
    fc.assert(
      fc.property(history, (steps) =>
        lived(steps, (world, _step, give) => {
          give();
          for (const at of [0, 1] as const) importDemanded(world, at);
        }),
      ),
      { numRuns: runs(60) },
    ));

  it('readiness says nothing of a copy that it denies', () =>
    fc.assert(
      fc.property(history, (steps) =>
        lived(steps, (world, _step, give) => {
          give();
          oneThingOfEachCopy(world, 0);
          oneThingOfEachCopy(world, 1);
        }),
      ),
      { numRuns: runs(60) },
    ));
});
