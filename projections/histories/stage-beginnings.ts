/** When the stages of incidents began, in the order of a history: moments are named by them. */
import { describeStream } from '../../events/streams.js';
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

/** The stages that a pool entered in its incidents and, with each, how the incident ended. In the order of the history. */
export function stageBeginnings(events: Iterable<HistoryEvent>, fqdn: string): readonly StageBeginning[] {
  const beginnings: StageBeginning[] = [];
  const incidents: string[] = [];
  let pair: PairFacts | null = null;
  for (const event of events) {
    if (describeStream(event.stream).family !== 'pair') continue;
    if (whyNoFactOfPair(event, pair) !== null) continue;
    pair = evolvePair(pair, event);
    const pool = pair === null ? undefined : poolOf(pair, fqdn);
    if (pool === undefined || stageChangeOf(event.type) === undefined) continue;
    if (!('pool' in event.data) || event.data.pool !== fqdn) continue;
    if (pool.incident !== null && !incidents.includes(pool.incident)) incidents.push(pool.incident);
    beginnings.push({ incident: incidents.length, stage: pool.stage, event });
  }
  return beginnings;
}
