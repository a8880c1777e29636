/** A stopped service of one pool takes the sentence only from calls that this pool carries. */
import { describe, expect, it } from '@jest/globals';
import type { Extent } from '../../events/vocabulary.js';
import type { CallView } from '../../projections/call-status/calls.js';
import type { CallRow } from '../../projections/call-status/view.js';
import type { Told } from '../support/recorded.js';
import {
  arrived,
  connected,
  importedWorkflow,
  pairRegistered,
  poolA,
  poolB,
  until,
  workflow,
} from '../support/story.js';
import { CallsAfter, stated } from './folding.js';

const groups = [
  pairRegistered(),
  ...['here', 'there'].map((id) => workflow(poolA, id)),
  ...['masked-here', 'masked-there'].map((id) => workflow(poolA, id, true)),
  ...importedWorkflow(poolA, 'there'),
  ...importedWorkflow(poolA, 'masked-there', true),
];
const stopped = (pool: string, frontEnds: Extent = 'all'): Told => ({
  type: 'ServiceReported',
  data: { pool, service: 'response-group', state: 'stopped', frontEnds },
});
/** A waiting and a connected call of each response group. */
const calls = ['here', 'there', 'masked-here', 'masked-there'].flatMap((group) => [
  arrived(`waiting-${group}`, poolA, group),
  arrived(`connected-${group}`, poolA, group),
  connected(`connected-${group}`),
]);
/** Of those that the pool that stands in takes. */
const callsThere = [
  arrived('waiting', poolA, 'there'),
  arrived('regular', poolA, 'there'),
  connected('regular'),
  arrived('anonymous', poolA, 'masked-there'),
  connected('anonymous'),
];

const rowOf = (after: CallsAfter, { status, imported, anonymous }: CallView): CallRow =>
  status === 'connected'
    ? after.row(poolA, 'connected-calls', { imported, anonymous })
    : after.row(poolA, 'in-progress-calls', { imported });
/** A call keeps the statement that brought it; its row has the present one. */
const groundsOf = ({ basis, inference }: CallView | CallRow) => ({ basis, inference });

/** Open calls say what their row says. */
function expectAgreement(after: CallsAfter): void {
  const open = after.list(poolA).filter(({ status }) => status === 'in-progress' || status === 'connected');
  expect(open).not.toEqual([]);
  for (const call of open)
    expect([call.callId, groundsOf(rowOf(after, call))]).toEqual([call.callId, groundsOf(call)]);
}

const stages = ['outage', 'failing-over', 'failed-over', 'failing-back'] as const;

describe.each(stages)(
  'While only the Response Group service of the partner is stopped, in stage %s,',
  (stage) => {
    const statedOf = stated(`${stage}/connected-calls/1`);

    it.each(['all', 'some'] as const)(
      'on %s servers, what the partner never had is as stated',
      (frontEnds) => {
        const after = new CallsAfter(...groups, ...calls, stopped(poolB, frontEnds), ...until(poolA, stage));
        expect(after.call('connected-here')).toMatchObject(statedOf);
        expect(after.row(poolA, 'connected-calls', { imported: false, anonymous: false })).toMatchObject({
          ...statedOf,
          calls: 1,
        });
        expectAgreement(after);
      },
    );

    it('the rows of groups that are not imported are as ever where no call is open', () => {
      const rows = (...reported: readonly Told[]) =>
        new CallsAfter(...groups, ...reported, ...until(poolA, stage))
          .of(poolA)
          .rows.filter(({ row }) => row === 'in-progress-calls' || row === 'connected-calls')
          .filter(({ when }) => 'imported' in when && !when.imported);
      expect(rows(stopped(poolB))).toEqual(rows());
    });
  },
);

describe.each(['failed-over', 'failing-back'] as const)('In stage %s', (stage) => {
  it('no document decides on what the partner carries', () => {
    const there = [...until(poolA, 'failed-over'), ...callsThere, stopped(poolB)];
    const after = new CallsAfter(...groups, ...there, ...until(poolA, stage).slice(3));
    for (const { callId, status } of after.list(poolA))
      if (status !== 'disconnected')
        expect(after.call(callId)).toMatchObject({ inference: 'response-group-service-open-calls' });
    expectAgreement(after);
  });
});

describe('The parts of a pool', () => {
  it('say nothing of its calls once it is down as a whole', () => {
    const after = new CallsAfter(...groups, ...calls, stopped(poolA), ...until(poolA, 'outage'));
    expect(after.call('connected-here')).toMatchObject(stated('outage/connected-calls/1'));
    expectAgreement(after);
  });

  it('are known to calls that arrive since they were reported, and to their row', () => {
    const after = new CallsAfter(
      ...groups,
      ...until(poolA, 'failed-over'),
      stopped(poolB, 'some'),
      ...callsThere,
    );
    expect(after.call('waiting')).toMatchObject({ inference: 'response-group-service-in-part' });
    expectAgreement(after);
  });
});
