/** Which facts could not have happened as they are on record, if one of them had happened at another time. */
import type { CarriedPool } from '../../../events/carried.js';
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { sameJson } from '../../../policy/same-json.js';
import { atTime } from '../../../facts/in-force.js';
import { examined, takenAlong, type Examination, type Needing } from './needs.js';
import { World } from './world.js';

type Fact = Recorded<PoolkeeperEvent>;

/** Facts in force of all streams that are told, and what they are told of. */
export interface FactsTold {
  readonly facts: readonly Fact[];
  /** The pair that is among them; null where none is. */
  readonly pairId: string | null;
  /** Whether all agents are among them. */
  readonly tellsAgents: boolean;
}

/** In the order in which they happened. Those that the event brought move with it. */
export function needingTheTime(
  { facts, pairId, tellsAgents }: FactsTold,
  event: Fact,
  occurredAt: string,
): readonly Needing[] {
  const told = (events: readonly Fact[]): Examination =>
    examined(new World(pairId, tellsAgents), inOrder(events));
  const moved = facts.map((fact) =>
    fact.id === event.id || fact.metadata.causationId === event.id ? atTime(fact, occurredAt) : fact,
  );
  const [now, then] = [told(facts), told(moved)];
  return inOrder(facts).flatMap((fact) => {
    const detail = then.odd.get(fact.id);
    if (detail !== undefined) return now.odd.has(fact.id) ? [] : [{ event: fact, detail }];
    if (fact.type === 'PoolLeft' && !sameJson(takenBy(fact, now), takenBy(fact, then)))
      return [{ event: fact, detail: takenAlong(fact.data.pool, fact.data.partner) }];
    const [before, after] = [now.stages.get(fact.id), then.stages.get(fact.id)];
    return before === after
      ? []
      : [{ event: fact, detail: `It began in stage ${before ?? 'none'}, not in stage ${after ?? 'none'}.` }];
  });
}

/** Since when it stands in its stage is no more than said; what it hosts, and what is known of it as of when, decides there. */
function takenBy({ id }: Fact, { carried }: Examination): Partial<CarriedPool> {
  const { since: _, ...decides } = carried.get(id) ?? {};
  return decides;
}

/** As it happened; facts of the same time in the order of the log. */
const inOrder = (events: readonly Fact[]): readonly Fact[] =>
  events.toSorted(
    (one, other) =>
      Date.parse(one.metadata.occurredAt) - Date.parse(other.metadata.occurredAt) ||
      (one.position < other.position ? -1 : 1),
  );
