/** What the backup service had brought, and what was exported, where a pool was lost and another failed in its place. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import {
  failoverCompleted,
  failoverInitiated,
  imported,
  incidentClosed,
  outage,
  paired,
  poolA,
  poolB,
  poolC,
  poolReplaced,
  replacementCompleted,
  workflow,
} from '../../support/story.js';
import type { Told } from '../../support/recorded.js';
import { incidentsAfter, minutes, then } from './support.js';

const set = (
  pool: string,
  data: { readonly enabled?: boolean; readonly update?: boolean },
): PoolkeeperEvent => ({
  type: 'ReplicationSet',
  data: { pool, ...data },
});
const steady = (pool: string): PoolkeeperEvent => ({
  type: 'ReplicationReported',
  data: { pool, state: 'SteadyState' },
});
const [file] = imported(poolA, [{ kind: 'workflow', id: 'help' }]);
const failing = (pool: string, hour: string): readonly Told[] => [
  then(`${hour}:10`, outage(pool)),
  then(`${hour}:15`, failoverInitiated(pool)),
  then(`${hour}:20`, failoverCompleted(pool)),
];

/** A replicates, is lost and replaced; C fails in the afternoon. */
const incidents = (...between: readonly Told[]) =>
  incidentsAfter(
    then('07:00', paired),
    then('07:10', workflow(poolA, 'help')),
    then('07:20', file as PoolkeeperEvent),
    then('08:00', set(poolA, { enabled: true })),
    then('10:00', steady(poolA)),
    ...failing(poolA, '10'),
    then('11:00', poolReplaced()),
    then('11:05', set(poolC, { update: false })),
    then('11:10', workflow(poolC, 'help')),
    then('11:30', replacementCompleted()),
    then('12:00', incidentClosed(poolC)),
    ...between,
    ...failing(poolC, '14'),
  );

describe('The recovery point', () => {
  it('of the pool that was lost is that of its replication, whatever the next one lacks', () => {
    expect(incidents()[0]?.recoveryPoint).toMatchObject({ milliseconds: minutes(10) });
  });

  it('of the pool in its place rests on no report, and no file, of the lost one', () => {
    expect(incidents(then('12:10', set(poolC, { update: true })))[1]?.recoveryPoint).toMatchObject({
      milliseconds: null,
    });
  });

  it('of the pool in its place is that of the replication that was reported of it', () => {
    const reported = [then('12:10', set(poolC, { update: true })), then('14:00', steady(poolC))];
    expect(incidents(...reported)[1]?.recoveryPoint).toMatchObject({ milliseconds: minutes(10) });
    const ofPartner = [then('12:10', set(poolC, { update: true })), then('14:00', steady(poolB))];
    expect(incidents(...ofPartner)[1]?.recoveryPoint).toMatchObject({ milliseconds: null });
  });
});
