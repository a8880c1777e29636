/** When the stages of incidents began, in the order of a history: moments are named by them. */
import { describeStream } from '../../events/streams.js';
import { isInPlaceOfStruck } from '../../facts/in-force.js';
import { evolvePair, type PairFacts } from '../../facts/pair.js';
import { formerNamesOf } from '../../facts/former-names.js';
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

/** What a change of stage led to, by the name that the pool had then. */
interface Change {
  readonly pool: string;
  readonly incident: string | null;
  /** Null where the incident was struck, and led to none. */
  readonly began: { readonly stage: Stage; readonly event: HistoryEvent } | null;
}

function walk(events: Iterable<HistoryEvent>, fqdn: string): Walked {
  const changes: Change[] = [];
  let pair: PairFacts | null = null;
  for (const event of events) {
    if (describeStream(event.stream).family !== 'pair') continue;
    if (whyNoFactOfPair(event, pair) !== null) continue;
    pair = evolvePair(pair, event);
    if (isInPlaceOfStruck(event)) {
      const { pool = '', incident } = event.data;
      changes.push({ pool, incident, began: null });
    }
    if (pair === null || stageChangeOf(event.type) === undefined || !('pool' in event.data)) continue;
    const pool = poolOf(pair, event.data.pool ?? '');
    if (pool === undefined) continue;
    changes.push({ pool: pool.fqdn, incident: pool.incident, began: { stage: pool.stage, event } });
  }
  return ofPool(
    changes,
    pair === null ? [fqdn] : [fqdn, ...formerNamesOf(pair, fqdn).map((name) => name.fqdn)],
  );
}

/** @param names of the pool: those of before as well, where another pool has taken its place */
function ofPool(changes: readonly Change[], names: readonly string[]): Walked {
  const beginnings: StageBeginning[] = [];
  const incidents: string[] = [];
  for (const { pool, incident, began } of changes) {
    if (!names.includes(pool)) continue;
    if (incident !== null && !incidents.includes(incident)) incidents.push(incident);
    if (began !== null) beginnings.push({ incident: incidents.length, ...began });
  }
  return { beginnings, incidents };
}
