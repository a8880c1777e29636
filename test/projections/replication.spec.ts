/** Copies that the backup service keeps on the partner: as if they were imported at the time of the last good replication. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { evolvePair, type PairFacts } from '../../facts/pair.js';
import { replicates } from '../../facts/copies.js';
import { stages } from '../../policy/stages.js';
import { editabilityView } from '../../projections/editability/view.js';
import { visibilityView } from '../../projections/visibility/view.js';
import { fc, runs } from '../support/properties.js';
import { momentOf, recorded } from '../support/recorded.js';
import {
  agentGroup,
  arrived,
  created,
  failbackCompleted,
  failbackInitiated,
  modified,
  outage,
  pairRegistered,
  poolA,
  poolB,
  removed,
  unpaired,
  until,
  workflow,
} from '../support/story.js';
import { CallsAfter } from './folding.js';

const switchedOn: PoolkeeperEvent = {
  type: 'ReplicationSet',
  data: { pool: poolA, enabled: true, update: true, seeded: true },
};
const steady = (pool: string, at?: string): PoolkeeperEvent => ({
  type: 'ReplicationReported',
  data: { pool, state: 'SteadyState', ...(at === undefined ? {} : { at }) },
});
const start = [pairRegistered(), switchedOn] as const;
const factsAfter = (events: readonly PoolkeeperEvent[]): PairFacts => {
  const pair = recorded(events).reduce<PairFacts | null>(evolvePair, null);
  if (pair === null) throw new Error('There is no pair.');
  return pair;
};

/** Any edits of the pool's own objects, of which those are left out that cannot be. */
const edits = fc
  .array(
    fc.tuple(
      fc.constantFrom('create', 'change', 'rename', 'remove'),
      fc.constantFrom('workflow', 'agent-group', 'queue'),
      fc.constantFrom('1', '2', '3'),
      fc.nat({ max: 9 }),
    ),
    { minLength: 1, maxLength: 25 },
  )
  .map((all) => {
    const there = new Set<string>();
    return all.flatMap(([what, kind, number, value]): readonly PoolkeeperEvent[] => {
      const id = `${kind}-${number}`;
      if ((what === 'create') === there.has(id)) return [];
      if (what === 'create') there.add(id);
      if (what === 'remove') there.delete(id);
      const properties = { description: String(value) };
      if (what === 'create') return [created(poolA, kind, id, { participationPolicy: 'Formal' })];
      if (what === 'remove') return [removed(poolA, kind, id)];
      return [modified(poolA, kind, id, properties, what === 'rename' ? `${id} ${value}` : null)];
    });
  });

/** The pool is exported, and the file imported into its partner. */
function importedAfter(events: readonly PoolkeeperEvent[]): readonly PoolkeeperEvent[] {
  const own = [...factsAfter(events).copies.values()].filter(
    ({ owner, parent }) => owner === poolA && parent === poolA,
  );
  const objects = own.map(({ kind, id, name, owner, properties }) => ({ kind, id, name, owner, properties }));
  return [
    {
      type: 'ResponseGroupsExported',
      data: {
        exportId: 'export',
        pool: poolA,
        owner: null,
        fileName: 'a.zip',
        removeExported: false,
        objects,
        applicationSettings: {},
        file: null,
      },
    },
    {
      type: 'ResponseGroupsImported',
      data: {
        exportId: 'export',
        destination: poolB,
        overwriteOwner: false,
        replaceExistingSettings: false,
        resolveNameConflicts: false,
        objects: objects.map(({ kind, id, name, owner }) => ({ kind, id, name, owner })),
      },
    },
  ];
}

/** What the tables answer of it, without their reasons. */
function answersOf(events: readonly PoolkeeperEvent[], groups: readonly string[]) {
  const calls = new CallsAfter(...events, ...groups.map((id) => arrived(`to ${id}`, poolA, id)));
  const { pair } = calls.state;
  return {
    calls: calls
      .list(poolA)
      .map(({ callId, status, servedBy, anonymous, imported }) => [
        callId,
        status,
        servedBy,
        anonymous,
        imported,
      ]),
    seen: visibilityView(pair, poolA)?.objects.map(
      ({ id, name, parent, owner, tools, agentConsole, ownership }) => [
        id,
        name,
        parent,
        owner,
        tools,
        ownership,
        agentConsole?.displayed,
        agentConsole?.signIn,
      ],
    ),
    changed: editabilityView(pair, poolA)?.objects.map(({ id, parent, tools }) => [id, parent, tools]),
    copies: [...(pair?.copies.values() ?? [])]
      .filter(({ parent }) => parent === poolB)
      .map(({ id, properties, ownerRemoved }) => [id, properties, ownerRemoved])
      .toSorted(),
  };
}

describe('With replication in a steady state, the tables answer', () => {
  it('as if all had been imported at the time of the last good replication, in every stage', () =>
    fc.assert(
      fc.property(edits, fc.nat(), fc.constantFrom(...stages), (all, choice, stage) => {
        const covered = choice % (all.length + 1);
        const [before, after] = [all.slice(0, covered), all.slice(covered)];
        const at = momentOf(start.length + covered);
        const down = stage === 'normal' ? [] : until(poolA, stage);
        const groups = [
          ...new Set(
            all.flatMap(({ type, data }) =>
              type === 'ObjectCreated' && data.kind === 'workflow' ? [data.id] : [],
            ),
          ),
        ];
        const replicated = [...start, ...before, ...after, steady(poolA, at), ...down];
        const imported = [...start, ...before, ...importedAfter([...start, ...before]), ...after, ...down];
        expect(answersOf(replicated, groups)).toEqual(answersOf(imported, groups));
      }),
      { numRuns: runs(200) },
    ));

  it('and reports one after the other leave what the last one alone leaves', () =>
    fc.assert(
      fc.property(edits, fc.array(fc.nat({ max: 25 }), { maxLength: 4 }), (all, reports) => {
        const told = all.flatMap((edit, index) => (reports.includes(index) ? [edit, steady(poolA)] : [edit]));
        const copiesOf = (events: readonly PoolkeeperEvent[]) =>
          [...factsAfter(events).copies.values()]
            .filter(({ parent }) => parent === poolB)
            .map(({ id, name, properties, ownerRemoved }) => [id, name, properties, ownerRemoved])
            .toSorted();
        expect(copiesOf([...start, ...told, steady(poolA)])).toEqual(
          copiesOf([...start, ...all, steady(poolA)]),
        );
      }),
      { numRuns: runs(200) },
    ));

  it('as of the last good replication, while the partner reports that it takes nothing in', () => {
    const group = agentGroup(poolA, 'team');
    const failing: PoolkeeperEvent = {
      type: 'ReplicationReported',
      data: { pool: poolB, state: 'SteadyState', importState: 'ErrorState' },
    };
    const working: PoolkeeperEvent = {
      type: 'ReplicationReported',
      data: { pool: poolB, state: 'SteadyState', importState: 'NormalState' },
    };
    const there = (...events: readonly PoolkeeperEvent[]) =>
      [...factsAfter([...start, ...events]).copies.values()].filter(({ parent }) => parent === poolB).length;
    expect(there(group, steady(poolA))).toBe(1);
    expect(there(failing, group, steady(poolA))).toBe(0);
    expect(there(failing, group, steady(poolA), working)).toBe(0);
    expect(there(failing, group, steady(poolA), working, steady(poolA))).toBe(1);
    expect(there(failing, group, steady(poolA, momentOf(start.length + 2)))).toBe(1);
  });

  it('as of the object that was copied: one that its owner made again under its id comes with the next good replication', () => {
    const again = [workflow(poolA, 'help'), removed(poolA, 'workflow', 'help'), workflow(poolA, 'help')];
    const isInService = (...events: readonly PoolkeeperEvent[]) =>
      [...factsAfter([...start, ...again, ...events]).copies.values()]
        .filter(({ parent }) => parent === poolB)
        .map(({ ownerRemoved }) => !ownerRemoved);
    const ofTheFirst = steady(poolA, momentOf(start.length + 1));
    expect(isInService(ofTheFirst)).toEqual([false]);
    expect(isInService(ofTheFirst, steady(poolA))).toEqual([true]);
  });

  it('with the document as their source, which imported copies have not', () => {
    const objects =
      visibilityView(factsAfter([...start, agentGroup(poolA, 'team'), steady(poolA)]), poolA)?.objects ?? [];
    expect(objects.map(({ parent, source }) => [parent, source?.id])).toEqual([
      [poolA, undefined],
      [poolB, 'replication'],
    ]);
  });

  it('by the document and the one beside it', () => {
    const events = [
      ...start,
      workflow(poolA, 'help'),
      agentGroup(poolA, 'desk'),
      steady(poolA),
      ...until(poolA, 'failed-over'),
      arrived('call', poolA, 'help'),
    ];
    const calls = new CallsAfter(...events);
    const reasons = { basis: 'documented-elsewhere', inference: 'replicated-copy' };
    expect(calls.call('call')).toMatchObject({
      servedBy: poolB,
      because: ['failed-over/new-calls/2'],
      ...reasons,
    });
    const seen = visibilityView(calls.state.pair, poolA)?.objects.find(
      ({ id, parent }) => id === 'desk' && parent === poolB,
    );
    expect(seen).toMatchObject({
      ownership: 'imported',
      ...reasons,
      agentConsole: { displayed: true, ...reasons },
    });
  });
});

describe('Replication', () => {
  const group = [...start, workflow(poolA, 'help')];
  const there = (events: readonly PoolkeeperEvent[]) =>
    [...factsAfter(events).copies.values()].filter(({ parent }) => parent === poolB);

  it('is in force once it is on, both pools have the update and it was in a good state', () => {
    const isInForce = (...more: readonly PoolkeeperEvent[]) =>
      replicates(factsAfter([...group, ...more]), poolA);
    expect(isInForce()).toBe(false);
    expect(isInForce({ type: 'ReplicationReported', data: { pool: poolA, state: 'NotInitialized' } })).toBe(
      false,
    );
    expect(isInForce(steady(poolA))).toBe(true);
    expect(isInForce(steady(poolB))).toBe(false);
    expect(isInForce(steady(poolA), { type: 'ReplicationSet', data: { pool: poolB, update: false } })).toBe(
      false,
    );
    expect(isInForce(steady(poolA), { type: 'ReplicationSet', data: { pool: poolB, enabled: false } })).toBe(
      false,
    );
    expect(
      isInForce(steady(poolA), { type: 'ReplicationReported', data: { pool: poolA, state: 'ErrorState' } }),
    ).toBe(true);
  });

  it('that was not seeded brings only what has changed since it was switched on', () => {
    const unseeded: PoolkeeperEvent = {
      type: 'ReplicationSet',
      data: { pool: poolA, enabled: true, seeded: false },
    };
    const events = [
      pairRegistered(),
      workflow(poolA, 'old'),
      unseeded,
      workflow(poolA, 'new'),
      steady(poolA),
    ];
    expect(there(events).map(({ id }) => id)).toEqual(['new']);
  });

  it('takes home what was changed while the partner stood in, once it is reported from there', () => {
    const failedBack = [
      ...group,
      steady(poolA),
      ...until(poolA, 'failed-over'),
      modified(poolB, 'workflow', 'help', { anonymous: true }),
      failbackInitiated(poolA),
      failbackCompleted(poolA),
    ];
    const own = (events: readonly PoolkeeperEvent[]) =>
      factsAfter(events).copies.get(`${poolA}|workflow|help`);
    expect(own([...failedBack, steady(poolA)])?.properties).toEqual({ anonymous: false });
    expect(own([...failedBack, steady(poolB)])?.properties).toEqual({ anonymous: true });
    expect(there([...failedBack, steady(poolA), steady(poolB), steady(poolA)])).toMatchObject([
      { properties: { anonymous: true }, lastChange: { type: 'ReplicationReported' } },
    ]);
  });

  it('brings nothing to a former partner, though a log has a report of a pool in no pair', () => {
    const ended = [...group, steady(poolA), ...unpaired];
    const after = [...ended, workflow(poolA, 'later'), steady(poolA)];
    expect(there(after).map(({ id }) => id)).toEqual(['help']);
    expect(factsAfter(after).replication?.byPool).toEqual(factsAfter(ended).replication?.byPool);
  });

  it('brings nothing that was changed after the pool went down', () => {
    const events = [...group, outage(poolA), modified(poolA, 'workflow', 'help', { anonymous: true })];
    expect(there([...events, steady(poolA, momentOf(3))])).toMatchObject([
      { properties: { anonymous: false } },
    ]);
  });
});
