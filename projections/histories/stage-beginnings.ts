/** When the stages of incidents began, in the order of a history: moments are named by them. */
import { describeStream } from '../../events/streams.js';
import { isInPlaceOfStruck } from '../../facts/in-force.js';
import { evolvePair, type PairFacts } from '../../facts/pair.js';
import { poolOf } from '../../facts/pair-state.js';
import { stageChangeOf, type Stage } from '../../policy/stages.js';
import { whyNoFactOfPair } from './contradictions.js';
import type { HistoryEvent } from './history.js';

export interface StageBeginning {
  /** The pool's incident, counted from 1. */
  readonly incident: number;
  readonly stage: Stage;
  readonly event: HistoryEvent;
}

/** How many incidents a pool has had, also those whose beginning was retracted. */
export const countIncidents = (events: Iterable<HistoryEvent>, fqdn: string): number =>
  walk(events, fqdn).incidents.length;

/** The stages that a pool entered in its incidents and, with each, how the incident ended. In the order of the history. */
export const stageBeginnings = (events: Iterable<HistoryEvent>, fqdn: string): readonly StageBeginning[] =>
  walk(events, fqdn).beginnings;

interface Walked {
  readonly beginnings: readonly StageBeginning[];
  readonly incidents: readonly string[];
}

function walk(events: Iterable<HistoryEvent>, fqdn: string): Walked {
  const beginnings: StageBeginning[] = [];
  const incidents: string[] = [];
  let pair: PairFacts | null = null;
  for (const event of events) {
    if (describeStream(event.stream).family !== 'pair') continue;
    if (whyNoFactOfPair(event, pair) !== null) continue;
    pair = evolvePair(pair, event);
    if (isInPlaceOfStruck(event) && event.data.pool === fqdn) incidents.push(event.data.incident);
    const pool = pair === null ? undefined : poolOf(pair, fqdn);
    if (pool === undefined || stageChangeOf(event.type) === undefined) continue;
    if (!('pool' in event.data) || event.data.pool !== fqdn) continue;
    if (pool.incident !== null && !incidents.includes(pool.incident)) incidents.push(pool.incident);
    beginnings.push({ incident: incidents.length, stage: pool.stage, event });
  }
  return { beginnings, incidents };
}
