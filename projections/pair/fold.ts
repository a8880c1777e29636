import { evolvePair, PAIR_FACTS_VERSION, type PairFacts } from '../../facts/pair.js';
import type { Projection } from '../projection.js';
import { changesOf, type EventChanges, type KeptChanges } from './changes.js';

/** The facts of a pair, with what its events changed: deciders need no more than the facts. */
export interface PairState extends PairFacts {
  /** Absent where the history was folded in another order than that of the log. */
  readonly changes?: KeptChanges;
}

/** Of one pair: about 25,000 changes of single values. */
export const charactersAtMost = 8 * 1024 * 1024;

/** Raised whenever other changes are kept. It only rises, as the version of the facts does. */
const OWN_VERSION = 1;

/** The facts of one pair, for three views: its pools, the visibility of copies, and their editability; and its changes. */
export const pair: Projection<PairState | null> = {
  name: 'pair',
  version: PAIR_FACTS_VERSION + OWN_VERSION,
  reads: ['pair'],
  initial: () => null,
  apply: (state, event) => {
    const changes = state === null ? null : changesOf(state, event);
    const facts = evolvePair(state, event);
    if (facts === null) return null;
    const kept = state?.changes ?? { byEvent: new Map<string, EventChanges>(), characters: 0 };
    if (changes !== null) keep(kept, event.id, changes);
    return Object.assign(facts, { changes: kept });
  },
  inHistory: { of: 'pair', pick: ({ calls }) => calls.pair },
};

function keep(kept: KeptChanges, eventId: string, changes: EventChanges): void {
  kept.byEvent.set(eventId, changes);
  kept.characters += sizeOf(changes);
  for (const [oldest, those] of kept.byEvent) {
    if (kept.characters <= charactersAtMost) break;
    kept.byEvent.delete(oldest);
    kept.characters -= sizeOf(those);
  }
}

const sizeOf = (changes: EventChanges): number => JSON.stringify(changes).length;
