import type { PairFacts } from '../../../facts/pair.js';
import type { AuditEntry } from '../../../projections/audit-trail/entry.js';
import { entryAndPart } from '../../../projections/audit-trail/consequence.js';
import { nameAtPosition } from '../../../facts/former-names.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { describeStream } from '../../../events/streams.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { PairBeginnings } from '../projections/state/pair-beginnings.js';
import { unknown, type Failed, type Result } from '../result.js';
import type { Vantage } from '../moment.js';
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
    query: ViewQuery,
    reach: Reach,
  ): Promise<Result<AnswerOf<'event'>>> {
    return await this.service.answer(query, async (at) => {
      const { position } = at ?? this.runner.state;
      const found = await this.entry(id, near, query, reach, position);
      if (found === null) return noSuchEvent(id);
      const { entry, pair, reader } = found;
      const notYet = whyNotYet(entry, position, at);
      if (notYet !== null) return notYet;
      const wanted = entry.causes.slice(0, mostCauses);
      const [cause, causes] = [
        entry.causedBy === null ? null : await this.causeOf(entry, reader),
        await reader.entriesAfter(entry, wanted),
      ];
      const pools = pair.pools.map(({ fqdn }) => nameAtPosition(pair, fqdn, position));
      const { position: newest } = this.runner.state;
      return { view: { entry, cause, causes, pools }, version: newest, position, staleness: {} };
    });
  }

  /** Null where there is no such event, or none in a trail in reach. */
  async entry(
    id: string,
    near: bigint | null,
    { requester }: Pick<ViewQuery, 'requester'>,
    reach: Reach,
    upTo = this.runner.state.position,
  ): Promise<EntryInTrails | null> {
    const stored = await this.finder.find(entryAndPart(id).event, near, requester);
    return stored === null ? null : await this.entryOf(stored, id, reach, upTo);
  }

  /** The entry at a position. */
  async entryAt(position: bigint, reach: Reach): Promise<EntryInTrails | null> {
    const stored = await this.finder.at(position);
    return stored === null ? null : await this.entryOf(stored, stored.id, reach);
  }

  /** @param position up to which the trails are taken; an event of later is in them as it was when it was recorded */
  private async entryOf(
    stored: StoredEvent,
    id: string,
    reach: Reach,
    position = this.runner.state.position,
  ): Promise<EntryInTrails | null> {
    const { state } = this.runner;
    const { pairId } = describeStream(stored.stream);
    // Events of agents and of dead letters are in the trails of whichever pairs they concern.
    const pairs = pairId === null ? state.pairs.values() : [state.pairs.get(pairId)];
    for (const views of pairs) {
      const pair = views?.pair.state ?? null;
      if (pair === null || !pair.pools.some(({ fqdn }) => reach(fqdn))) continue;
      const last = position < stored.position ? stored.position : position;
      const upTo = { kind: 'position', position: last } as const;
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

/** What was recorded later, or happened later, is not there yet. */
function whyNotYet(entry: AuditEntry, known: bigint, at: Vantage | null): Failed | null {
  if (BigInt(entry.position) > known)
    return notThen(
      `At that moment no audit trail had the event "${entry.id}": it was recorded at ${entry.recordedAt}, at position ${entry.position}.`,
    );
  const { happened } = at ?? {};
  if (happened === undefined) return null;
  const isThere = happened.time !== null && Date.parse(entry.occurredAt) <= Date.parse(happened.time);
  return isThere
    ? null
    : notThen(`The event "${entry.id}" had not happened at that moment: it happened at ${entry.occurredAt}.`);
}

const notThen = (detail: string): Failed => unknown([{ pointer: '/id', detail }]);

const noSuchEvent = (id: string) =>
  unknown([
    {
      pointer: '/id',
      detail: `No audit trail has the event "${id}". Ids are those of entries of GET /v1/pools/{fqdn}/audit-trail.`,
    },
  ]);
