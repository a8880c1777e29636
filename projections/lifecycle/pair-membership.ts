/** How a pool stands to its pair, where it does so otherwise than as one of two that back each other up. */
import { logPositionOf } from '../../events/places.js';
import type { EventRef } from '../../facts/event-ref.js';
import type { PairFacts, PoolFacts } from '../../facts/pair.js';

export interface Ending {
  /** Of the event with which it ended, decimal. */
  readonly position: string;
  /** RFC 3339, UTC: when it ended, as reported. */
  readonly at: string;
  /** Null where none was given. */
  readonly reason: string | null;
}

/** A member of views of a pool: absent from those of a pool that is in a pair. */
export interface PairMembership {
  /** The pool is in no pair: `partner` is the pool that it was paired with before. */
  readonly unpaired?: Ending;
  /** Its incident ended without its coming back. */
  readonly givenUp?: Ending;
  /** It serves no more. */
  readonly retired?: Ending;
}

export function pairMembershipOf(
  { ended }: Pick<PairFacts, 'ended'>,
  { givenUp, retired }: PoolFacts,
): PairMembership {
  return {
    ...(ended === null ? {} : { unpaired: endingOf(ended) }),
    ...(givenUp === null ? {} : { givenUp: endingOf(givenUp) }),
    ...(retired === null ? {} : { retired: endingOf(retired) }),
  };
}

const endingOf = ({ position, occurredAt, reason }: EventRef & Pick<Ending, 'reason'>): Ending => ({
  position: String(logPositionOf(position)),
  at: occurredAt,
  reason,
});
