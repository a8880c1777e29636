import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { callStream, callStreamPrefix } from '../../../events/streams.js';
import { sameAgent } from '../../../policy/sip.js';
import {
  callView,
  isBeyond,
  isDecidedOnArrival,
  mayPass,
  passes,
  type CallFilter,
  type CallPage,
  type CallView,
} from '../../../projections/call-status/calls.js';
import { isInPart } from '../../../projections/call-status/going-on.js';
import type { CallRecord } from '../../../projections/call-status/state.js';
import type { EventStore } from '../../store/port.js';
import { Turns } from '../../store/turns.js';
import type { PositionMoment } from '../moment.js';
import type { CallArchive } from '../projections/calls/call-archive.js';
import type { PairBeginnings } from '../projections/state/pair-beginnings.js';

/** The most calls that are looked up together. */
const CHUNK = 500;

/**
 * A place in the log up to which all calls were over, but for those that were open there, and those that went on as was
 * reported later.
 */
export interface Since {
  readonly position: bigint;
  /** In the order of arrival. */
  readonly open: readonly CallRecord[];
}

/** The part of the log that pages are read from. */
export interface PagesRange {
  readonly pairId: string;
  readonly fqdn: string;
  /** The names that its place had before it: calls of before are on record under them. */
  readonly formerly: readonly string[];
  /** Inclusive. */
  readonly upTo: bigint;
  /** Calls that were over by then are on no page; from the beginning of the pair where null. */
  readonly since: Since | null;
}

type FoundCall = Pick<CallRecord, 'callId' | 'position'>;

/** Pages of all calls of a pool, in the order of arrival or against it, read from the log up to a position. */
export class CallPages {
  constructor(
    private readonly store: EventStore,
    private readonly archive: CallArchive,
    private readonly beginnings: PairBeginnings,
  ) {}

  /** @throws StoreUnavailableError, and the reason of the aborted signal */
  async page(range: PagesRange, filter: CallFilter, signal?: AbortSignal): Promise<CallPage> {
    const turns = new Turns(signal);
    const moment: PositionMoment = { kind: 'position', position: range.upTo };
    const calls: CallView[] = [];
    let next = 0n;
    for await (const chunk of this.chunks(range, filter, turns)) {
      const callIds = chunk.map(({ callId }) => callId);
      const { state } = await this.archive.read(range.pairId, callIds, moment, signal);
      for (const { position, callId } of chunk) {
        if (turns.isOver) await turns.next();
        const call = callView(state, callId);
        // Of a call that is on record in part it is known only now when it arrived.
        if (call === null || !mayPass({ ...call, owner: call.pool }, range.fqdn, filter)) continue;
        if (!passes(call, filter)) continue;
        if (calls.length === filter.limit) return { calls, next: next.toString() };
        calls.push(call);
        next = position;
      }
    }
    return { calls, next: null };
  }

  /**
   * The calls that may be on the page. Where nothing but the arrival decides, the first chunk holds one call more than the
   * page, which shows whether there is another page.
   */
  private async *chunks(
    range: PagesRange,
    filter: CallFilter,
    turns: Turns,
  ): AsyncGenerator<readonly FoundCall[], void, undefined> {
    const size = isDecidedOnArrival(filter) ? Math.min(filter.limit + 1, CHUNK) : CHUNK;
    let chunk: FoundCall[] = [];
    for await (const call of this.found(range, filter, turns)) {
      chunk.push(call);
      if (chunk.length < size) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  }

  /** The calls that may pass by what was known as they arrived, in the order that is asked for. */
  private async *found(
    { pairId, fqdn, formerly, upTo, since }: PagesRange,
    filter: CallFilter,
    turns: Turns,
  ): AsyncGenerator<FoundCall, void, undefined> {
    const { onBehalf = false, after } = filter;
    const isBackward = filter.order === 'newest';
    const begin = since?.position ?? (await this.beginnings.before(pairId));
    const start = !isBackward && after !== undefined && after > begin ? after : begin;
    const end = isBackward && after !== undefined && after <= upTo ? after - 1n : upTo;
    const open = since?.open ?? [];
    const span = { pairId, start, upTo };
    const ofAgent = onBehalf ? null : await this.callsOf(filter.agent, open, span, turns);
    const isHis = (callId: string): boolean => ofAgent?.has(callId) ?? true;
    const early = open.filter(({ cohort, ...call }) => {
      const arrived = { ...cohort, ...call, owner: cohort.owner.fqdn };
      return !isInPart({ cohort, ...call }) && isHis(call.callId) && mayPass(arrived, fqdn, filter);
    });
    const known = new Set(open.filter((call) => !isInPart(call)).map(({ callId }) => callId));
    const late = since === null ? [] : await this.wentOn(since, known, { pairId, upTo }, turns);
    const begun = [...early, ...late]
      .sort((one, other) => (one.position < other.position ? -1 : 1))
      .filter(({ position }) => isBeyond(position, filter));
    if (!isBackward) yield* begun;
    const types = [onBehalf ? 'OnBehalfCallPlaced' : 'CallArrived'];
    const corrections = await this.archive.correctionsAt({ kind: 'position', position: upTo });
    // An arrival that was retracted may have been reported again.
    const isAgain = ({ stream }: Recorded<PoolkeeperEvent>): boolean =>
      corrections.all.some((correction) => correction.stream === stream);
    for await (const event of this.events(pairId, types, start, end, turns, isBackward)) {
      if (event.type !== 'CallArrived' && event.type !== 'OnBehalfCallPlaced') continue;
      if ((event.revision > 0n && !isAgain(event)) || !isHis(event.data.callId)) continue;
      const { callId, pool, responseGroup } = event.data;
      const owner = formerly.includes(pool) ? fqdn : pool;
      const caller = event.type === 'CallArrived' ? (event.data.caller ?? null) : null;
      const arrived = { owner, responseGroup, onBehalf, caller, arrivedAt: event.metadata.occurredAt };
      if (mayPass(arrived, fqdn, filter)) yield { callId, position: event.position };
    }
    if (isBackward) yield* begun.reverse();
  }

  /** The ids of all calls that were ever connected to an agent; null where none is asked for. */
  private async callsOf(
    agent: string | undefined,
    open: readonly CallRecord[],
    { pairId, start, upTo }: { readonly pairId: string; readonly start: bigint; readonly upTo: bigint },
    turns: Turns,
  ): Promise<ReadonlySet<string> | null> {
    if (agent === undefined) return null;
    const before = open.filter((call) => call.agent !== null && sameAgent(call.agent, agent));
    const calls = new Set(before.map(({ callId }) => callId));
    for await (const { type, data } of this.events(pairId, ['CallConnected'], start, upTo, turns)) {
      if (type === 'CallConnected' && sameAgent(data.agent, agent)) calls.add(data.callId);
    }
    return calls;
  }

  /** Calls that were over by a place in the log, and then were reported to have gone on; none of those that are known. */
  private async wentOn(
    { position: since, open }: Since,
    known: ReadonlySet<string>,
    { pairId, upTo }: { readonly pairId: string; readonly upTo: bigint },
    turns: Turns,
  ): Promise<readonly FoundCall[]> {
    const ids = new Set(open.filter(isInPart).map(({ callId }) => callId));
    for await (const { type, data } of this.events(
      pairId,
      ['CallConnected', 'CallEnded'],
      since,
      upTo,
      turns,
    )) {
      if (type !== 'CallConnected' && type !== 'CallEnded') continue;
      if (data.contradicts !== undefined && !known.has(data.callId)) ids.add(data.callId);
    }
    const calls: FoundCall[] = [];
    const corrections = await this.archive.correctionsAt({ kind: 'position', position: upTo });
    for (const callId of ids) {
      const events = await this.store.readStream(callStream(pairId, callId));
      const [arrival] = this.archive.understood(pairId, events, corrections);
      if (arrival !== undefined && arrival.position <= since)
        calls.push({ callId, position: arrival.position });
    }
    return calls;
  }

  private async *events(
    pairId: string,
    types: readonly string[],
    after: bigint,
    upTo: bigint,
    turns: Turns,
    isBackward = false,
  ): AsyncGenerator<Recorded<PoolkeeperEvent>, void, undefined> {
    if (upTo <= after) return;
    const streamPrefixes = [callStreamPrefix(pairId)];
    const corrections = await this.archive.correctionsAt({ kind: 'position', position: upTo });
    const range = isBackward
      ? ({ direction: 'backward', upTo, downTo: after + 1n } as const)
      : { after, upTo };
    for await (const page of this.store.readAll({ streamPrefixes, types, ...range })) {
      await turns.next();
      yield* this.archive.understood(pairId, page, corrections);
    }
  }
}
