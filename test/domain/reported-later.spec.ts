/** What is known as of when somebody looked: the same, found later, is news; the same of the same time is none. */
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { replicationOf } from '../../facts/replication.js';
import { asCommand } from '../projections/readiness/following.js';
import type { Told } from '../support/recorded.js';
import { paired, poolA, poolB, workflow } from '../support/story.js';
import { World } from '../support/world.js';

/** Long after the story began, which is what tests count from. */
const at = (hours: number): string => new Date(Date.UTC(2026, 0, 15, 3 + hours)).toISOString();

class Reports {
  readonly #world = new World().happened([
    paired,
    workflow(poolA, 'help'),
    { type: 'ReplicationSet', data: { pool: poolA, enabled: true } },
  ]);

  /** How many events it led to, or the rule that refused it. */
  tell(hours: number | null, body: JsonObject, name = 'report-replication'): number | string {
    const time = hours === null ? null : at(hours);
    this.#world.at = time;
    const decision = this.#world.decide(asCommand(name, { pool: poolA, ...body }), `at-${String(hours)}`);
    if (decision.outcome !== 'accepted')
      return decision.outcome === 'refused' ? decision.rule : decision.outcome;
    const told = decision.events.map((event): Told =>
      time === null ? event : { ...event, metadata: { occurredAt: time } },
    );
    this.#world.happened(told);
    return told.length;
  }

  get known() {
    const { pair } = this.#world;
    if (pair === null) throw new Error('There is no pair.');
    const { state, reported, lastGood } = replicationOf(pair, poolA);
    return { state, reported: reported?.occurredAt ?? null, lastGood };
  }
}

const steady = { state: 'SteadyState' };
const error = { state: 'ErrorState' };
const steadyUpTo = (hours: number) => ({ ...steady, at: at(hours) });

describe('A status check of the replication', () => {
  it('that finds the same good state later makes the recovery point younger', () => {
    const reports = new Reports();
    expect(reports.tell(1, steady)).toBe(1);
    expect(reports.tell(3, steady)).toBe(1);
    expect(reports.known).toEqual({ state: 'SteadyState', reported: at(3), lastGood: at(3) });
  });

  it('that finds the same later, complete up to the same time, is known as of then', () => {
    const reports = new Reports();
    expect(reports.tell(2, steadyUpTo(1))).toBe(1);
    expect(reports.tell(4, steadyUpTo(1))).toBe(1);
    expect(reports.known).toEqual({ state: 'SteadyState', reported: at(4), lastGood: at(1) });
    expect(reports.tell(4, steadyUpTo(3))).toBe(1);
    expect(reports.known.lastGood).toBe(at(3));
  });

  it('that finds the same trouble later is known as of then', () => {
    const reports = new Reports();
    expect(reports.tell(1, error)).toBe(1);
    expect(reports.tell(3, error)).toBe(1);
    expect(reports.known).toEqual({ state: 'ErrorState', reported: at(3), lastGood: null });
  });

  it.each([
    ['a good state', steady],
    ['a good state up to a time', steadyUpTo(1)],
    ['trouble', error],
    ['trouble up to a time', { ...error, at: at(1) }],
  ])('of the same time is a repeat: %s', (_what, body) => {
    const reports = new Reports();
    expect(reports.tell(2, body)).toBe(1);
    expect(reports.tell(2, body)).toBe(0);
  });

  it.each([
    ['a good state', steady],
    ['trouble', error],
  ])('of an earlier time, told as if it were the last, is a conflict: %s', (_what, body) => {
    const reports = new Reports();
    expect(reports.tell(2, body)).toBe(1);
    expect(reports.tell(1, body)).toBe('recorded-otherwise');
    expect(reports.known.reported).toBe(at(2));
  });

  it('of an earlier time with another state tells how far it was, and not how it stands', () => {
    const reports = new Reports();
    expect(reports.tell(3, error)).toBe(1);
    expect(reports.tell(2, steady)).toBe(1);
    expect(reports.known).toEqual({ state: 'ErrorState', reported: at(3), lastGood: at(2) });
  });
});

describe('An export', () => {
  it('without a name is another file where it was written later, though nothing has changed', () => {
    const reports = new Reports();
    expect(reports.tell(1, {}, 'record-export')).toBe(1);
    expect(reports.tell(1, {}, 'record-export')).toBe(0);
    expect(reports.tell(26, {}, 'record-export')).toBe(1);
    expect(reports.tell(2, {}, 'record-export')).toBe('recorded-otherwise');
  });

  it.each([
    ['of a name is one file', { fileName: 'night.zip' }],
    ['that removes what is not there any more is one export', { removeExported: true, pool: poolB }],
  ])('%s', (_what, body) => {
    const reports = new Reports();
    expect(reports.tell(1, body, 'record-export')).toBe(1);
    expect(reports.tell(2, body, 'record-export')).toBe('recorded-otherwise');
  });
});
