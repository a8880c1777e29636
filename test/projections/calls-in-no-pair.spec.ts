/** Rows and calls of a pool in no pair: a copy that its former partner still has stands in for nothing. */
import { describe, expect, it } from '@jest/globals';
import type { Stage } from '../../policy/stages.js';
import type { CallRow } from '../../projections/call-status/view.js';
import {
  arrived,
  importedWorkflow,
  pairRegistered,
  placedOnBehalf,
  poolA,
  unpaired,
  until,
  workflow,
} from '../support/story.js';
import type { Told } from '../support/recorded.js';
import { CallsAfter, inferredBy } from './folding.js';

const imported = [pairRegistered(), workflow(poolA, 'help'), ...importedWorkflow(poolA, 'help')];
const ways: readonly (readonly [string, Stage, readonly Told[]])[] = [
  ['fails in no pair', 'outage', [...unpaired, ...until(poolA, 'outage')]],
  ['was failed over when its pair ended', 'failed-over', [...until(poolA, 'failed-over'), ...unpaired]],
];
const since = [arrived('new', poolA, 'help'), placedOnBehalf('on-behalf', poolA, 'help')];

describe('Call status of a pool that', () => {
  it.each(ways)('%s has nobody to stand in for it', (_, stage, events) => {
    const after = new CallsAfter(...imported, ...events, ...since);
    expect(after.of(poolA).stage).toBe(stage);
    expect(after.call('new')).toMatchObject({ status: 'disconnected', servedBy: null });
    const row = (name: CallRow['row'], more: object = {}) =>
      after.row(poolA, name, { imported: true, ...more });
    expect(row('new-calls')).toMatchObject({
      outcome: { call: 'disconnected' },
      ...inferredBy('in-no-pair'),
    });
    expect(row('on-behalf-calls').outcome).toBe(
      after.row(poolA, 'on-behalf-calls', { imported: false }).outcome,
    );
  });

  it.each(ways)('%s answers of all imported calls as of those without a copy', (_, __, events) => {
    const { rows } = new CallsAfter(...imported, ...events).of(poolA);
    const outcomes = (isImported: boolean) =>
      rows.filter(({ when }) => when.imported === isImported).map(({ row, outcome }) => ({ row, outcome }));
    expect(outcomes(true)).toEqual(outcomes(false));
    expect(rows.flatMap(({ because }) => because).filter((id) => id.endsWith('/new-calls/2'))).toEqual([]);
  });

  it('is normal in no pair says of imported calls what it says of others', () => {
    const { rows } = new CallsAfter(...imported, ...unpaired).of(poolA);
    expect(rows.map(({ inference }) => inference)).not.toContain('in-no-pair');
  });
});
