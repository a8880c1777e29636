/** A pool whose response groups were replicated is lost, and another takes its place. */
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../events/envelope.js';
import type { StepId } from '../../../policy/runbook/steps.js';
import { visibilityView } from '../../../projections/visibility/view.js';
import { paired, poolA, poolB, poolC } from '../../support/story.js';
import { World } from '../../support/world.js';
import { asCommand, readinessOf, runbookOf } from './following.js';

type Given = readonly [name: string, body: JsonObject];

const group = (pool: string): Given => [
  'create-object',
  { pool, kind: 'agent-group', id: `group-of-${pool}`, name: `Group of ${pool}`, tool: 'managementShell' },
];
const status = (pool: string): Given => [
  'report-replication',
  { pool, state: 'SteadyState', importState: 'NormalState' },
];
/** Both pools have a group, and the backup service keeps each on the other. */
const replicated: readonly Given[] = [
  ['set-replication', { pool: poolA, enabled: true, update: true, seeded: true }],
  ['set-replication', { pool: poolB, update: true, seeded: true }],
  group(poolA),
  group(poolB),
  status(poolA),
  status(poolB),
];
const lost: readonly Given[] = ['declare-outage', 'initiate-failover', 'complete-failover'].map((name) => [
  name,
  { pool: poolA },
]);
const chosen = (route: string): Given => ['choose-route', { pool: poolA, route }];
const replacing: Given = ['replace-pool', { failed: poolA, replacement: poolC }];
const completing: Given = ['complete-replacement', { pool: poolC }];
const brought: readonly Given[] = [
  ['record-export', { pool: poolB, owner: poolC }],
  ['import-response-groups', { destination: poolC, overwriteOwner: true }],
];
const closing: Given = ['close-incident', { pool: poolC }];

function decided(world: World, [name, body]: Given) {
  const exportId = [...(world.pair?.exports.keys() ?? [])].at(-1) ?? '';
  return world.decide(asCommand(name, name.startsWith('import') ? { ...body, exportId } : body));
}

function after(...commands: readonly (Given | readonly Given[])[]): World {
  const world = new World().happened([paired]);
  for (const given of commands.flatMap((one) =>
    typeof one[0] === 'string' ? [one as Given] : (one as readonly Given[]),
  )) {
    const decision = decided(world, given);
    if (decision.outcome !== 'accepted') throw new Error(`${given[0]}: ${JSON.stringify(decision)}`);
    world.happened(decision.events);
  }
  return world;
}

const stateOf = (world: World, pool: string, id: StepId) => {
  const found = runbookOf(world, pool).steps.find((one) => one.id === id);
  return found === undefined ? null : `${found.state}${found.optional ? ', optional' : ''}`;
};
const found = (world: World, pool: string) => readinessOf(world, pool).findings.map(({ id }) => id);
const homeward: readonly StepId[] = ['export-homeward', 'import-homeward'];

describe('The runbook of a replicated pool that fails', () => {
  it.each(homeward)('leaves %s open until the way out is chosen', (id) => {
    expect(stateOf(after(replicated, lost), poolA, id)).toBe('later, optional');
    expect(stateOf(after(replicated, lost, chosen('failback')), poolA, id)).toBe('not-needed');
    expect(stateOf(after(replicated, lost, chosen('replacement')), poolA, id)).toBe('later');
    expect(stateOf(after(replicated, lost, replacing), poolC, id)).toBe('now');
  });

  it('asks for no look at what replication brings home to a pool that is lost', () => {
    const world = after(replicated, lost, chosen('replacement'));
    expect(stateOf(world, poolA, 'check-replication-home')).toBe('not-needed');
    expect(stateOf(after(replicated, lost, replacing), poolC, 'check-replication')).toBe('not-needed');
  });

  it('counts a file of before the replacement, which complete-replacement then asks to import', () => {
    const file: Given = ['record-export', { pool: poolB, owner: poolA }];
    const world = after(replicated, lost, chosen('replacement'), file, replacing);
    expect(stateOf(world, poolC, 'export-homeward')).toBe('done');
    expect(decided(world, completing)).toMatchObject({ rule: 'replacement-hosts-its-groups' });
    expect(decided(after(replicated, lost, replacing, brought), completing)).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('calls for an export only as what can be done besides, while all is replicated', () => {
    const world = after(replicated);
    expect(stateOf(world, poolA, 'export-pool')).toBe('now, optional');
    expect(stateOf(world, poolA, 'export-partner')).toBe('now, optional');
  });
});

describe('What the pool that stands in has of the lost one', () => {
  it('is a replica still, by the document that says so', () => {
    const { pair } = after(replicated, lost, replacing);
    if (pair === null) throw new Error('There is no pair.');
    const copy = visibilityView(pair, poolC)?.objects.find(({ parent }) => parent === poolB);
    expect(copy).toMatchObject({ owner: poolC, source: { id: 'replication' } });
  });
});

describe('Readiness of a pool in the place of one that was replicated', () => {
  const served = after(replicated, lost, replacing, brought, completing, closing);

  it('says one thing of each copy that is left on its partner', () => {
    const of = readinessOf(served, poolC).findings.filter(({ objects }) =>
      objects.some(({ parent }) => parent === poolB),
    );
    expect(of.map(({ id }) => id)).toEqual(['leftover-copy']);
    // The product knows them by the pool that they were replicated from.
    expect(of[0]?.action.powershell.join()).toContain(`-Owner "service:ApplicationServer:${poolA}"`);
  });

  it('says once that the replication is to be reported, or the pool exported', () => {
    const { findings } = readinessOf(served, poolC);
    const about = findings.filter(({ id }) => /export|not-reported/.test(id));
    expect(about.map(({ id }) => id)).toEqual(['replication-not-reported']);
    expect(about[0]?.action.text).toBe(
      `Ask for its status, and record it (report-replication). If it is in no good state: Export ${poolC}.`,
    );
  });

  it('holds of its partner too: what that had replicated went with the lost pool', () => {
    expect(found(served, poolB)).toContain('replication-not-reported');
    expect(found(served, poolB)).not.toContain('changed-since-replication');
    expect(readinessOf(served, poolB).verdict).toBe('critical');
    expect(stateOf(served, poolB, 'check-replication')).toBe('now');
  });

  it('has nothing to say once the replication of the two is reported', () => {
    const world = after(
      replicated,
      lost,
      replacing,
      brought,
      completing,
      closing,
      status(poolC),
      status(poolB),
    );
    for (const pool of [poolB, poolC]) expect(found(world, pool)).toEqual([]);
    expect(stateOf(world, poolC, 'remove-copies')).toBe('not-needed, optional');
  });

  it('is noted in the runbook as not reported until it is', () => {
    const noteOf = (world: World): string | null =>
      runbookOf(world, poolC).steps.find(({ id }) => id === 'remove-lost-pool')?.note ?? null;
    const serving = [replicated, lost, replacing, brought, completing] as const;
    expect(noteOf(after(...serving))).toMatch('Nothing is on record yet of the replication');
    expect(noteOf(after(...serving, [status(poolC)]))).toBeNull();
  });

  it('takes no report before it serves, and says what comes first', () => {
    expect(decided(after(replicated, lost, replacing), status(poolC))).toMatchObject({
      rule: 'replication-needs-both-pools',
      detail: expect.stringContaining('does not serve yet'),
      allowed: [`complete-replacement ${poolC}`],
    });
  });

  it('takes no report of a time at which the new pool was not there', () => {
    const early: Given = [
      'report-replication',
      { pool: poolC, state: 'NonSteadyState', at: '2025-01-15T03:00:01.000Z' },
    ];
    for (const world of [served, after(replicated, lost, replacing)])
      expect(decided(world, early)).toMatchObject({ rule: 'replication-needs-both-pools', allowed: ['at'] });
  });
});
