import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { callStreamPrefix } from '../../../events/streams.js';
import {
  callView,
  type CallFilter,
  type CallPage,
  type CallView,
} from '../../../projections/call-status/calls.js';
import type { EventStore } from '../../store/port.js';
import { Turns } from '../../store/turns.js';
import type { PositionMoment } from '../moment.js';
import type { CallArchive } from '../projections/calls/call-archive.js';
import type { PairBeginnings } from '../projections/state/pair-beginnings.js';

/** The most calls that are looked up together. */
const CHUNK = 500;

type Arrival = Recorded<PoolkeeperEvent> & { readonly type: 'CallArrived' | 'OnBehalfCallPlaced' };

/** Pages of all calls of a pool, in the order of arrival, read from the log up to a position. */
export class CallPages {
  constructor(
    private readonly store: EventStore,
    private readonly archive: CallArchive,
    private readonly beginnings: PairBeginnings,
  ) {}

  /** @throws StoreUnavailableError, and the reason of the aborted signal */
  async page(
    pairId: string,
    fqdn: string,
    filter: CallFilter,
    upTo: bigint,
    signal?: AbortSignal,
  ): Promise<CallPage> {
    const turns = new Turns(signal);
    const moment: PositionMoment = { kind: 'position', position: upTo };
    const calls: CallView[] = [];
    let next = 0n;
    for await (const chunk of this.chunks(pairId, fqdn, filter, upTo, turns)) {
      const { state } = await this.archive.read(
        pairId,
        chunk.map(({ data }) => data.callId),
        moment,
        signal,
      );
      for (const { position, data } of chunk) {
        if (turns.isOver) await turns.next();
        const call = callView(state, data.callId);
        if (call === null || (filter.status !== undefined && call.status !== filter.status)) continue;
        if (calls.length === filter.limit) return { calls, next: next.toString() };
        calls.push(call);
        next = position;
      }
    }
    return { calls, next: null };
  }

  /**
   * The arrivals of the calls that may be on the page. The first chunk holds one call more than the page, which shows
   * whether there is another page.
   */
  private async *chunks(
    pairId: string,
    fqdn: string,
    { after, responseGroup, onBehalf = false, limit, status }: CallFilter,
    upTo: bigint,
    turns: Turns,
  ): AsyncGenerator<readonly Arrival[], void, undefined> {
    const size = status === undefined ? Math.min(limit + 1, CHUNK) : CHUNK;
    let chunk: Arrival[] = [];
    const range = {
      streamPrefixes: [callStreamPrefix(pairId)],
      types: [onBehalf ? 'OnBehalfCallPlaced' : 'CallArrived'],
      upTo,
      after: after ?? (await this.beginnings.before(pairId)),
    };
    for await (const page of this.store.readAll(range)) {
      await turns.next();
      for (const event of this.archive.understood(pairId, page)) {
        if (event.type !== 'CallArrived' && event.type !== 'OnBehalfCallPlaced') continue;
        if (event.revision > 0n || event.data.pool !== fqdn) continue;
        if (responseGroup !== undefined && event.data.responseGroup !== responseGroup) continue;
        chunk.push(event);
        if (chunk.length < size) continue;
        yield chunk;
        chunk = [];
      }
    }
    if (chunk.length > 0) yield chunk;
  }
}
