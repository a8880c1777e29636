import type { JsonObject } from '../../../events/envelope.js';
import {
  agentStreamPrefix,
  callStreamPrefix,
  deadLettersStream,
  pairStream,
  refusalsStream,
} from '../../../events/streams.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import type { PairFacts } from '../../../facts/pair.js';
import {
  auditEntry,
  concerns,
  entryNotUnderstood,
  isStreamOf,
  type AuditEntry,
} from '../../../projections/audit-trail/entry.js';
import { matches, type AuditFilter } from '../../../projections/audit-trail/filter.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { decode, undecoded } from '../decode.js';
import type { Follower } from '../follower.js';
import type { Reply } from '../reply.js';
import { isAfter } from '../moment.js';
import { noSuchPool } from './pool-views.js';
import type { ViewDesk, ViewQuery } from './query.js';

export interface AuditPage {
  readonly filter: AuditFilter;
  /** Position after which the page begins; from the first entry where null. */
  readonly after: bigint | null;
  /** At least 1. */
  readonly limit: number;
}

/** The audit trail is read from the log itself, so that it shows what was written and nothing else. */
export class AuditViews {
  constructor(
    private readonly store: EventStore,
    private readonly follower: Follower,
    private readonly desk: ViewDesk,
  ) {}

  async trail(fqdn: string, query: ViewQuery, { filter, after, limit }: AuditPage): Promise<Reply> {
    return await this.desk.answer(query, async () => {
      const { state } = this.follower;
      const pairId = state.pairIdOfPool.get(fqdn);
      const views = pairId === undefined ? undefined : state.pairs.get(pairId);
      const pair = views?.lifecycle.state ?? null;
      if (pairId === undefined || pair === null) return noSuchPool(fqdn);
      const streamPrefixes = [
        pairStream(pairId),
        callStreamPrefix(pairId),
        refusalsStream(pairId),
        agentStreamPrefix,
        deadLettersStream,
      ];
      const homePoolOf = (agent: string): string | undefined =>
        state.console.state.agents.get(agentKey(agent))?.homePool;
      const entries: AuditEntry[] = [];
      let reached = 0n;
      const body = (next: string | null): JsonObject => ({ fqdn, entries, next }) as object as JsonObject;
      for await (const page of this.store.readAll({ streamPrefixes, ...(after === null ? {} : { after }) })) {
        for (const stored of page) {
          if (query.asOf !== null && isAfter(query.asOf, stored))
            return { body: body(null), etag: reached, position: reached };
          reached = stored.position;
          const entry = entryIn(stored, pair, homePoolOf);
          if (entry === null || !matches(entry, filter)) continue;
          const last = entries.at(-1);
          if (entries.length === limit && last !== undefined) {
            return { body: body(last.position), etag: `${last.position}-${limit}`, position: reached };
          }
          entries.push(entry);
        }
      }
      return query.asOf === null
        ? { body: body(null), etag: state.position }
        : { body: body(null), etag: reached, position: reached };
    });
  }
}

/** Null for what does not belong to the pair's trail. What is not understood stands in it as such. */
function entryIn(
  stored: StoredEvent,
  pair: PairFacts,
  homePoolOf: (agent: string) => string | undefined,
): AuditEntry | null {
  let event;
  try {
    event = decode(stored);
  } catch (error) {
    if (!isStreamOf(stored.stream, pair, homePoolOf)) return null;
    return entryNotUnderstood(undecoded(stored), (error as Error).message, pair.incidents);
  }
  return concerns(event, pair, homePoolOf) ? auditEntry(event, pair.incidents) : null;
}
