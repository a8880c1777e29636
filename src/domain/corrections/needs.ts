/** Which later facts need an event: those that could not have happened without it, or not as they did. */
import type { CarriedPool } from '../../../events/carried.js';
import type { Recorded } from '../../../events/envelope.js';
import type { PoolLeft } from '../../../events/pairing.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { carriedOf } from '../../../facts/carried.js';
import { poolOf } from '../../../facts/copies.js';
import { sameJson } from '../../../policy/same-json.js';
import { incidentMeant, stageBefore, whyImpossible } from './possible.js';
import type { World } from './world.js';

/** A later event that an event must not be taken from. */
export interface Needing {
  readonly event: Pick<Recorded<PoolkeeperEvent>, 'id' | 'type' | 'position'>;
  /** What would be wrong without it, as a sentence. */
  readonly detail: string;
}

/** Two worlds side by side: as it is on record, and without what is to be retracted. */
export class TwoWorlds {
  constructor(
    private readonly recorded: World,
    private readonly without: World,
  ) {}

  /** What happened before: the same in both. */
  before(event: Recorded<PoolkeeperEvent>): void {
    this.recorded.apply(event);
    this.without.apply(event);
  }

  /** What is to be retracted. */
  retracted(event: Recorded<PoolkeeperEvent>): void {
    this.recorded.apply(event);
  }

  /** What happened afterwards. What cannot have happened is not there for what follows: that needs it in its turn. */
  after(event: Recorded<PoolkeeperEvent>): Needing | null {
    const detail = this.whyNeeding(event);
    this.recorded.apply(event);
    if (detail === null) this.without.apply(event);
    return detail === null ? null : { event, detail };
  }

  /** A fact that makes no sense on record either needs nothing. */
  private whyNeeding(event: Recorded<PoolkeeperEvent>): string | null {
    if (event.type === 'PoolLeft') return this.whyTakenAlong(event);
    const why = whyImpossible(this.without, event);
    if (why !== null) return whyImpossible(this.recorded, event) === null ? why : null;
    const [on, otherwise] = [stageBefore(this.recorded, event), stageBefore(this.without, event)];
    return on === otherwise
      ? this.whyOfIncident(event)
      : `It began in stage ${on ?? 'none'}, and would have begun in stage ${otherwise ?? 'none'}.`;
  }

  /** What a pool takes along to another pair is on record there as well. */
  private whyTakenAlong({ data: { pool, partner } }: Recorded<PoolLeft>): string | null {
    const [pair, otherwise] = [this.recorded.pair ?? null, this.without.pair ?? null];
    const isSame =
      pair === null || otherwise === null || sameJson(carriedOf(pair, pool), carriedOf(otherwise, pool));
    return isSame ? null : takenAlong(pool, partner);
  }

  /** What was said of an incident is not said of another. Their ids may change, not the position at which each began. */
  private whyOfIncident(event: Recorded<PoolkeeperEvent>): string | null {
    const meant = incidentMeant(this.recorded, event);
    return meant === undefined ||
      incidentMeant(this.without, event)?.startedAtPosition === meant.startedAtPosition
      ? null
      : `It is about the incident that began at ${meant.startedAt}, which would not be on record.`;
  }
}

/** Why what a pool took along stays as it was said. */
export const takenAlong = (pool: string, partner: string): string =>
  `${pool} took along what it says into the pair with ${partner}, where it stands in another record. What is so now is recorded of ${pool} there.`;

/** What is found of the events of a history, one after another: with another order it may be otherwise. */
export interface Examination {
  /** Why an event cannot have happened. */
  readonly odd: ReadonlyMap<string, string>;
  /** The stages in which changes of stage began. */
  readonly stages: ReadonlyMap<string, string | null>;
  /** What pools took along when they left. */
  readonly carried: ReadonlyMap<string, CarriedPool>;
}

export function examined(world: World, history: readonly Recorded<PoolkeeperEvent>[]): Examination {
  const odd = new Map<string, string>();
  const stages = new Map<string, string | null>();
  const carried = new Map<string, CarriedPool>();
  for (const event of history) {
    const { pair } = world;
    if (event.type === 'PoolLeft' && pair && poolOf(pair, event.data.pool) !== undefined)
      carried.set(event.id, carriedOf(pair, event.data.pool));
    const why = whyImpossible(world, event);
    stages.set(event.id, stageBefore(world, event));
    if (why !== null) odd.set(event.id, why);
    world.apply(event);
  }
  return { odd, stages, carried };
}
