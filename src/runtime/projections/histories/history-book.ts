import type { Folded, HistoryFold } from '../../../../projections/histories/history-fold.js';
import type { HistoryEvent } from '../../../../projections/histories/history.js';
import { KeyedLock } from '../../../store/keyed-lock.js';
import type { EventStore, StoredEvent } from '../../../store/port.js';
import { Turns } from '../../../store/turns.js';
import { decode } from '../../decode.js';
import type { Discards } from '../dead-letters/discards.js';
import { prefixesOf } from '../state/historical-state.js';
import type { PairBeginnings } from '../state/pair-beginnings.js';
import { FoldedHistory, type HistoryVantage } from './folded-history.js';

/** Events of all histories of a book that are kept in memory together; the latest is kept however long it is. */
const KEPT_EVENTS = 300_000;

/** A store that finds the events of some streams looks all of them up for each page. */
const EVENTS_PER_PAGE = 5_000;

/** A page asks for a few views of a moment together. */
const ASKED_BEFORE = 4;

/** Where histories are read from, and how far. */
export interface LogOfHistories {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly live: { readonly position: bigint; readonly discards: Discards };
  readonly beginnings: Pick<PairBeginnings, 'before'>;
}

/** A history, and how far the log was read for it. */
interface Known<State extends Folded> {
  readonly history: FoldedHistory<State>;
  readonly discarded: number;
  through: bigint;
}

/** Histories as they happened, by pair, read from the log once and followed from there on. */
export class HistoryBook<State extends Folded> {
  private readonly lock = new KeyedLock();
  /** The least recently used first. */
  private readonly known = new Map<string, Known<State>>();
  private readonly asked = new Map<string, number>();

  constructor(
    private readonly fold: HistoryFold<State>,
    private readonly log: LogOfHistories,
  ) {}

  /**
   * The state of a pair's history as seen from a vantage; it belongs to the caller.
   * @param key the pair's id; empty for the history of all pairs
   * @throws StoreUnavailableError, and the reason of the aborted signal
   */
  async at(key: string, vantage: HistoryVantage, signal?: AbortSignal): Promise<State> {
    return await this.use(key, signal, (history, turns) => history.at(vantage, turns));
  }

  /** Whether so much is asked of a history that it is worth reading all of it. Counts the question. */
  isWanted(key: string): boolean {
    const asked = (this.asked.get(key) ?? 0) + 1;
    this.asked.set(key, asked);
    return this.known.has(key) || asked > ASKED_BEFORE;
  }

  /** Works on a history that holds all that the live state has; nothing else changes it meanwhile. */
  async use<Value>(
    key: string,
    signal: AbortSignal | undefined,
    work: (history: FoldedHistory<State>, turns: Turns) => Value | Promise<Value>,
  ): Promise<Value> {
    return await this.lock.run(key, async () => {
      const turns = new Turns(signal);
      const known = this.knownOf(key);
      await this.follow(known, key, turns);
      this.keep(key, known);
      return await work(known.history, turns);
    });
  }

  private knownOf(key: string): Known<State> {
    const { discards } = this.log.live;
    const discarded = new Set(this.fold.standsFor.flatMap((projection) => [...discards.of(projection)]));
    const known = this.known.get(key);
    if (known?.discarded === discarded.size) return known;
    return { history: new FoldedHistory(this.fold, discarded), discarded: discarded.size, through: 0n };
  }

  private async follow(known: Known<State>, key: string, turns: Turns): Promise<void> {
    const { store, live, beginnings } = this.log;
    const { position } = live;
    if (known.through >= position) return;
    const after = known.through === 0n && key !== '' ? await beginnings.before(key) : known.through;
    const streamPrefixes = prefixesOf(this.fold.reads, key);
    const range = { streamPrefixes, after, upTo: position, pageSize: EVENTS_PER_PAGE };
    const events: HistoryEvent[] = [];
    for await (const page of store.readAll(range)) {
      for (const stored of page) {
        if (turns.isOver) await turns.next();
        events.push(understood(stored, known.history));
      }
      turns.check();
    }
    known.history.add(events);
    known.through = position;
  }

  private keep(key: string, known: Known<State>): void {
    this.known.delete(key);
    this.known.set(key, known);
    let kept = [...this.known.values()].reduce((sum, { history }) => sum + history.size, 0);
    for (const [oldest, { history }] of this.known) {
      if (kept <= KEPT_EVENTS || oldest === key) break;
      this.known.delete(oldest);
      this.asked.delete(oldest);
      kept -= history.size;
    }
  }
}

/** One that is not understood has its place in the history; the fold does without it. */
function understood(stored: StoredEvent, history: Pick<FoldedHistory<Folded>, 'skip'>): HistoryEvent {
  try {
    const event = decode(stored);
    // Read now, because the history is sorted by it.
    if (Number.isNaN(Date.parse(event.metadata.occurredAt))) throw new Error('It names no time.');
    return event;
  } catch (error) {
    history.skip(stored, `It is not understood: ${error instanceof Error ? error.message : String(error)}`);
    const { id, type, stream, revision, position, recordedAt } = stored;
    const envelope = { id, stream, revision, position, recordedAt };
    return { ...envelope, type, data: {}, metadata: { occurredAt: recordedAt } } as HistoryEvent;
  }
}
