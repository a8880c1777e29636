/** The answer of a view before `position` and `asOf` are added. */
import type { Staleness } from '../../contract/words.js';
import { deadLetterId } from '../projections/dead-letters/dead-letter.js';
import type { AnyProjectionInstance } from '../projections/state/projection-instance.js';

export interface ViewAnswer<View extends object> {
  readonly view: View;
  /** The answer changes only together with it: a revision, a position, or what is derived from them. */
  readonly version: bigint | string;
  /** Position of the last event that the answer is made of. */
  readonly position: bigint;
  readonly staleness: Staleness;
}

/** Which moment an answer is of: its position in the log, and the time. */
export interface Dateline {
  readonly position: string;
  readonly asOf: string | null;
}

/** An answer as it is given out. */
export type Dated<View extends object> = Dateline & View & Staleness;

/**
 * The answer that a projection gives.
 * @param concerns which parked parts the answer depends on; all where absent
 */
export function answerFrom<View extends object>(
  instance: AnyProjectionInstance,
  view: View,
  concerns?: (part: string) => boolean,
): ViewAnswer<View> {
  const { projection, checkpoint } = instance;
  const { revision, position } = checkpoint;
  const readsPairOnly = projection.reads.every((family) => family === 'pair');
  return {
    view,
    version: readsPairOnly ? revision : position,
    position,
    staleness: stalenessOf(instance, concerns),
  };
}

/**
 * How a state differs from the log. `parked`: an event could not be applied, and it is missing together with those
 * after it; `stale`: an earlier version of the projection made the state.
 * @param concerns which parked parts count; all where absent
 */
export function stalenessOf(
  { projection, parked, staleVersion, checkpoint }: AnyProjectionInstance,
  concerns: (part: string) => boolean = () => true,
): Staleness {
  const [, first] = [...parked].find(([part]) => concerns(part)) ?? [];
  return {
    ...(first === undefined
      ? {}
      : {
          parked: {
            deadLetter: deadLetterId(projection, first),
            position: String(first.event.position),
            reason: first.error,
          },
        }),
    ...(staleVersion === null
      ? {}
      : { stale: { version: staleVersion, position: String(checkpoint.position) } }),
  };
}

/** The view at a moment before the pair was registered: valid, and empty. */
export const notYetRegistered = (fqdn: string) =>
  ({ fqdn, stage: null, objects: [], calls: [], rows: [], next: null, because: [] }) as const;
export type NotYetRegistered = ReturnType<typeof notYetRegistered>;
