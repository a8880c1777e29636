/** Copies that a pool hosts of what its partner owns, and that no import brought. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ObjectKind, Properties } from '../../events/vocabulary.js';
import type { PairFacts } from '../../facts/pair.js';
import { documentedStages } from '../../policy/stages.js';
import { editabilityView } from '../../projections/editability/view.js';
import { visibilityView } from '../../projections/visibility/view.js';
import {
  agentGroup,
  arrived,
  connected,
  imported,
  outage,
  pairRegistered,
  poolA,
  poolB,
  until,
  workflow,
} from '../support/story.js';
import { after } from './readiness/asking.js';
import { CallsAfter } from './folding.js';

interface Described {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly properties: Properties;
}
const masked: Described = { kind: 'workflow', id: 'masked', properties: { anonymous: true } };
const desk: Described = { kind: 'agent-group', id: 'desk', properties: { participationPolicy: 'Formal' } };
const own = [pairRegistered(), workflow(poolA, 'masked', true), agentGroup(poolA, 'desk')];

/** A file of the partner shows them. */
const shown = (objects: readonly Described[], exportId = 'export-shown'): PoolkeeperEvent[] => {
  const inFile = objects.map((object) => ({ ...object, name: object.id, owner: poolA }));
  const file = { contentHash: 'f', bytes: 1, holdsSettings: false, taken: true, audio: [], findings: [] };
  const common = {
    pool: poolB,
    owner: null,
    fileName: 'b.zip',
    removeExported: false,
    applicationSettings: {},
  };
  return [
    { type: 'ResponseGroupsExported', data: { exportId, ...common, objects: inFile, file } },
    {
      type: 'ReplicaShown',
      data: {
        exportId,
        pool: poolB,
        objects: inFile.map(({ kind, id, name, owner }) => ({ kind, id, name, owner })),
      },
    },
  ];
};
const byReplica = (because: string) => ({
  because: [because],
  basis: 'inferred',
  inference: 'replica-shown',
});

describe('A copy that a file showed without an import', () => {
  it.each(documentedStages)('answers as an imported one in stage %s', (stage) => {
    const calls = [
      arrived('waiting', poolA, 'masked'),
      arrived('answered', poolA, 'masked'),
      connected('answered'),
    ];
    const rest = [...calls, ...until(poolA, stage, { after: 'outage' }), arrived('new', poolA, 'masked')];
    const outcomes = (brought: readonly PoolkeeperEvent[]) => {
      const { state } = new CallsAfter(...own, ...brought, outage(poolA), ...rest);
      const told = new CallsAfter(...own, ...brought, outage(poolA), ...rest).list(poolA);
      return {
        calls: told.map(({ callId, status, servedBy, imported: isThere, anonymous }) => [
          callId,
          status,
          servedBy,
          isThere,
          anonymous,
        ]),
        seen: visibilityView(state.pair, poolA)?.objects.map(({ id, parent, tools, agentConsole }) => [
          id,
          parent,
          tools,
          agentConsole?.displayed,
          agentConsole?.signIn,
        ]),
        changed: editabilityView(state.pair, poolA)?.objects.map(({ id, parent, tools }) => [
          id,
          parent,
          tools,
        ]),
      };
    };
    expect(outcomes(shown([masked, desk]))).toEqual(outcomes(imported(poolA, [masked, desk])));
  });

  it('says that this is inferred, and by which statement', () => {
    const calls = new CallsAfter(
      ...own,
      ...shown([masked, desk]),
      ...until(poolA, 'failed-over'),
      arrived('new', poolA, 'masked'),
    );
    expect(calls.call('new')).toMatchObject({
      servedBy: poolB,
      imported: true,
      ...byReplica('failed-over/new-calls/2'),
    });
    const copy = visibilityView(calls.state.pair, poolA)?.objects.find(
      ({ id, parent }) => id === 'desk' && parent === poolB,
    );
    expect(copy?.agentConsole).toMatchObject({
      displayed: true,
      ...byReplica('failed-over/agent-console/3'),
    });
    const permission = editabilityView(calls.state.pair, poolA)?.objects.find(
      ({ id, parent }) => id === 'masked' && parent === poolB,
    );
    expect(permission).toMatchObject(byReplica('failed-over/configuration/3'));
  });

  it('decides nothing where the document asks for no import', () => {
    const calls = new CallsAfter(...own, ...shown([masked]), arrived('call', poolA, 'masked'), outage(poolA));
    expect(calls.call('call')).toMatchObject({ basis: 'stated', because: ['outage/in-progress-calls/1'] });
  });

  it('is not asked for again, and readiness says where it came from', () => {
    const down = after(
      own,
      imported(poolA, [masked, desk]).slice(0, 1),
      shown([masked, desk]),
      until(poolA, 'failed-over'),
    );
    expect(down.found).not.toContain('not-imported');
    expect(down.finding('replica-shown')).toMatchObject({
      severity: 'info',
      basis: 'inferred',
      objects: [{ id: 'masked' }, { id: 'desk' }],
    });
    expect(down.finding('replica-shown').detail).toContain('b.zip');
    expect(down.step('import-to-backup')).toMatchObject({ state: 'not-needed' });
  });

  it('is out of service once its owner has removed the object', () => {
    const gone: PoolkeeperEvent = {
      type: 'ObjectRemoved',
      data: { pool: poolA, kind: 'workflow', id: 'masked', tool: 'controlPanel' },
    };
    const calls = new CallsAfter(
      ...own,
      ...shown([masked]),
      gone,
      ...until(poolA, 'failed-over'),
      arrived('new', poolA, 'masked'),
    );
    expect(calls.call('new')).toMatchObject({ status: 'disconnected', inference: 'removed-on-owner' });
  });

  it('is an imported one once its import is on record', () => {
    const calls = new CallsAfter(
      ...own,
      ...shown([masked]),
      ...imported(poolA, [masked]),
      ...until(poolA, 'failed-over'),
      arrived('new', poolA, 'masked'),
    );
    expect(calls.call('new')).toMatchObject({ basis: 'stated', because: ['failed-over/new-calls/2'] });
    expect((calls.state.pair as PairFacts).copies.size).toBe(3);
  });
});
