/** Which facts of a stream could not have happened as they are on record, if one of them had happened at another time. */
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { describeStream } from '../../../events/streams.js';
import { atTime } from '../../../facts/in-force.js';
import { oddIn, type Needing } from './needs.js';
import { World } from './world.js';

type Fact = Recorded<PoolkeeperEvent>;

/** @param stream its events in force; those that the event brought move with it */
export function needingTheTime(stream: readonly Fact[], event: Fact, occurredAt: string): readonly Needing[] {
  const { family, pairId } = describeStream(event.stream);
  const told = (events: readonly Fact[]): ReturnType<typeof oddIn> =>
    oddIn(new World(family === 'pair' ? pairId : null, false), inOrder(events));
  const moved = stream.map((fact) =>
    fact.id === event.id || fact.metadata.causationId === event.id ? atTime(fact, occurredAt) : fact,
  );
  const [now, then] = [told(stream), told(moved)];
  return stream.flatMap((fact) => {
    const detail = then.odd.get(fact.id);
    if (detail !== undefined) return now.odd.has(fact.id) ? [] : [{ event: fact, detail }];
    const [before, after] = [now.stages.get(fact.id), then.stages.get(fact.id)];
    return before === after
      ? []
      : [{ event: fact, detail: `It began in stage ${before ?? 'none'}, not in stage ${after ?? 'none'}.` }];
  });
}

/** As it happened; facts of the same time in the order of the log. */
const inOrder = (events: readonly Fact[]): readonly Fact[] =>
  events.toSorted(
    (one, other) =>
      Date.parse(one.metadata.occurredAt) - Date.parse(other.metadata.occurredAt) ||
      (one.position < other.position ? -1 : 1),
  );
