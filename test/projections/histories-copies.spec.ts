import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CallOrder, callsThatWentOn } from '../../projections/histories/call-order.js';
import { historyOfConsoles } from '../../projections/histories/console-fold.js';
import { foldNext, historyOfAllCalls, historyOfPair } from '../../projections/histories/fold.js';
import { asItHappened, type HistoryEvent } from '../../projections/histories/history.js';
import type { Folded, HistoryFold } from '../../projections/histories/history-fold.js';
import { fc, runs } from '../support/properties.js';
import { anyHistory } from '../support/random-history.js';

/** Cohorts and owners refer to each other. */
const textOf = (state: object): string => inspect(state, { depth: Infinity, maxArrayLength: Infinity });

/** Folds half of a history, takes a copy, and folds the rest. */
function copyStays<State extends Folded>(fold: HistoryFold<State>, all: readonly HistoryEvent[]): void {
  const { events } = asItHappened(all);
  const order = new CallOrder(events);
  const half = Math.ceil(events.length / 2);
  const state = fold.initial(callsThatWentOn(events));
  for (const event of events.slice(0, half)) fold.next(state, event, order);
  const copy = fold.copy(state);
  const before = textOf(copy);
  for (const event of events.slice(half)) fold.next(state, event, order);
  // What became of the one shows in no part of the other.
  expect(textOf(copy)).toBe(before);
}

describe('A copy of the state of a history', () => {
  it.each([
    ['a pair', (events: readonly HistoryEvent[]) => copyStays(historyOfPair, events)],
    ['all calls', (events: readonly HistoryEvent[]) => copyStays(historyOfAllCalls, events)],
    ['consoles', (events: readonly HistoryEvent[]) => copyStays(historyOfConsoles, events)],
    [
      'a pair with its agents',
      (events: readonly HistoryEvent[]) => copyStays({ ...historyOfPair, next: foldNext }, events),
    ],
  ])('of %s stays as it is, whatever is folded further', (_, holds) => {
    fc.assert(fc.property(anyHistory(), holds), { numRuns: runs(100) });
  });
});
