import type { PairFacts } from '../../../facts/pair.js';
import type { AuditEntry } from '../../../projections/audit-trail/entry.js';
import { entryAndPart } from '../../../projections/audit-trail/consequence.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { describeStream } from '../../../events/streams.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { PairBeginnings } from '../projections/state/pair-beginnings.js';
import { unknown, type Result } from '../result.js';
import { TrailBelief } from './trail-belief.js';
import { AuditReader } from './audit-reader.js';
import type { EventFinder } from './event-finder.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** Which trails whoever asks may read. */
type Reach = (pool: string) => boolean;

/** An entry, and the trails that show it. */
export interface EntryInTrails {
  readonly entry: AuditEntry;
  readonly pair: PairFacts;
  readonly reader: AuditReader;
}

/** How many of the entries that an entry brought about are shown; their ids are all in `causes`. */
const mostCauses = 100;

/** Single events, as the audit trails show them, with their cause and what followed from them. */
export class EventQueries {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
    private readonly beginnings: PairBeginnings,
    private readonly finder: EventFinder,
  ) {}

  async event(
    id: string,
    near: bigint | null,
    query: Omit<ViewQuery, 'asOf'>,
    reach: Reach,
  ): Promise<Result<AnswerOf<'event'>>> {
    return await this.service.answer({ ...query, asOf: null }, async () => {
      const { position } = this.runner.state;
      const found = await this.entry(id, near, query, reach);
      if (found === null) return noSuchEvent(id);
      const { entry, pair, reader } = found;
      const wanted = entry.causes.slice(0, mostCauses);
      const [cause, causes] = [
        entry.causedBy === null ? null : await this.causeOf(entry, reader),
        await reader.entriesAfter(entry, wanted),
      ];
      const pools = pair.pools.map(({ fqdn }) => fqdn);
      return { view: { entry, cause, causes, pools }, version: position, position, staleness: {} };
    });
  }

  /** Null where there is no such event, or none in a trail in reach. */
  async entry(
    id: string,
    near: bigint | null,
    { requester }: Pick<ViewQuery, 'requester'>,
    reach: Reach,
  ): Promise<EntryInTrails | null> {
    const stored = await this.finder.find(entryAndPart(id).event, near, requester);
    return stored === null ? null : await this.entryOf(stored, id, reach);
  }

  /** The entry at a position. */
  async entryAt(position: bigint, reach: Reach): Promise<EntryInTrails | null> {
    const stored = await this.finder.at(position);
    return stored === null ? null : await this.entryOf(stored, stored.id, reach);
  }

  private async entryOf(stored: StoredEvent, id: string, reach: Reach): Promise<EntryInTrails | null> {
    const { state } = this.runner;
    const { pairId } = describeStream(stored.stream);
    // Events of agents and of dead letters are in the trails of whichever pairs they concern.
    const pairs = pairId === null ? state.pairs.values() : [state.pairs.get(pairId)];
    for (const views of pairs) {
      const pair = views?.pair.state ?? null;
      if (pair === null || !pair.pools.some(({ fqdn }) => reach(fqdn))) continue;
      const upTo = { kind: 'position', position: state.position } as const;
      const belief = await TrailBelief.at(this.runner, pair, upTo);
      const reader = new AuditReader(this.store, state, belief, this.beginnings);
      const entry = (await reader.entriesOfEvent(stored)).find((one) => one.id === id);
      if (entry !== undefined) return { entry, pair, reader };
    }
    return null;
  }

  /** The cause of a derived entry is its own event; that of another stands before it in its stream. */
  private async causeOf(entry: AuditEntry, reader: AuditReader): Promise<AuditEntry | null> {
    if (!entry.derived) return await reader.causeBefore(entry);
    const stored = await this.finder.at(BigInt(entry.position));
    return stored === null ? null : ((await reader.entriesOfEvent(stored))[0] ?? null);
  }
}

const noSuchEvent = (id: string) =>
  unknown([
    {
      pointer: '/id',
      detail: `No audit trail has the event "${id}". Ids are those of entries of GET /v1/pools/{fqdn}/audit-trail.`,
    },
  ]);
