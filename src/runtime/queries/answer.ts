/** The answer of a view before `position` and `asOf` are added. */
import type { Contradiction } from '../../../projections/histories/contradictions.js';
import type { Staleness } from '../../contract/words.js';
import { deadLetterId } from '../projections/dead-letters/dead-letter.js';
import { partOf } from '../projections/state/parked.js';
import type { AnyProjectionInstance } from '../projections/state/projection-instance.js';

/** A state at the moment that a view is of, with what is told of it. */
export interface AtMoment<State> extends Pick<
  AnyProjectionInstance,
  'projection' | 'key' | 'checkpoint' | 'parked' | 'staleVersion'
> {
  readonly state: State;
  /** What made no sense in the order in which things happened; absent where the state is of the log. */
  readonly contradicted?: readonly Contradiction[];
}

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
  instance: Omit<AtMoment<unknown>, 'state'>,
  view: View,
  concerns?: (part: string) => boolean,
): ViewAnswer<View> {
  const { projection, checkpoint } = instance;
  const { revision, position } = checkpoint;
  // Of a history in another order any fact may change the answer.
  const changesWithPair =
    instance.contradicted === undefined && projection.reads.every((family) => family === 'pair');
  return {
    view,
    version: changesWithPair ? revision : position,
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
  { projection, key, parked, staleVersion, checkpoint, contradicted = [] }: Omit<AtMoment<unknown>, 'state'>,
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
    ...contradictedIn(
      contradicted.filter(({ event: id, stream }) => concerns(partOf(key, false, { id, stream }))),
    ),
  };
}

/** As many as an answer lists. */
const LISTED = 200;

/** Nothing where nothing is contradicted. */
export function contradictedIn(
  contradicted: readonly Contradiction[],
): Pick<Staleness, 'contradicted' | 'moreContradicted'> {
  if (contradicted.length === 0) return {};
  const more = contradicted.length - LISTED;
  const listed = contradicted
    .slice(0, LISTED)
    .map(({ event, position, type, detail }) => ({ event, position, type, detail }));
  return { contradicted: listed, ...(more > 0 ? { moreContradicted: more } : {}) };
}

/** The view at a moment before the pair was registered: valid, and empty. */
export const notYetRegistered = (fqdn: string) =>
  ({ fqdn, stage: null, objects: [], calls: [], rows: [], next: null, because: [] }) as const;
export type NotYetRegistered = ReturnType<typeof notYetRegistered>;

export const isNotYetRegistered = (view: object): view is NotYetRegistered =>
  'stage' in view && view.stage === null && 'rows' in view && 'next' in view;
