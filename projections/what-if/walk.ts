/** Folds a span of a history, and keeps for each call how it fares: the folds let go of calls that are over. */
import { stageChangeOf } from '../../policy/stages.js';
import { groupOf, isOpen, letGo } from '../call-status/cohorts.js';
import { callStatus } from '../call-status/fold.js';
import { causeOf } from '../call-status/stage-outcomes.js';
import { copyOfCallStatus } from '../call-status/state-copy.js';
import { initialCallStatus, ownerOf, type CallStatusState, type Cohort } from '../call-status/state.js';
import { isAgentEvent, whyNoFactOfPair } from '../histories/contradictions.js';
import { asDerivedHere } from '../histories/derived-here.js';
import type { HistoryEvent } from '../histories/history.js';
import { isCallEvent } from '../../facts/call.js';
import { poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import type { CallColumns } from './call-columns.js';
import { Bystanders } from './bystanders.js';
import type { CutOffAtOnce, HappenedToPair, StageSpan } from './noted.js';
import { Strings } from './strings.js';
import { Waiting } from './waiting.js';

/** How a call stands in a walk. */
const fates = { unheard: 0, open: 1, over: 2, cutOff: 3, letGo: 4 } as const;

export class Walk {
  /** By call: when the span cut it off, and the number of its cause from 1 on; 0 where it did not. */
  readonly cutAt: Float64Array;
  readonly cause: Uint16Array;
  readonly causes = new Strings();
  readonly cutAtOnce: CutOffAtOnce[] = [];
  readonly stages: StageSpan[] = [];
  /** What happened to the pair, in its order. */
  readonly ofPair: HappenedToPair[] = [];
  /** Chosen otherwise than on record. */
  readonly readings: Record<string, string> = {};

  private constructor(
    readonly log: CallColumns,
    private readonly fqdn: string,
    private readonly state: CallStatusState,
    /** By call: how it stands, and whether its end was reported. */
    private readonly fate: Uint8Array,
    private readonly hasEnd: Uint8Array,
    readonly bystanders: Bystanders,
    readonly waiting: Waiting,
  ) {
    this.cutAt = new Float64Array(log.calls.size);
    this.cause = new Uint16Array(log.calls.size);
  }

  /** From the beginning on. @param fqdn whose stages are told */
  static begin(log: CallColumns, fqdn: string): Walk {
    return new Walk(
      log,
      fqdn,
      initialCallStatus(
        false,
        new Set([...log.wentOn, ...[...log.watched].map((call) => log.calls.at(call))]),
      ),
      new Uint8Array(log.calls.size),
      new Uint8Array(log.calls.size),
      Bystanders.none(),
      new Waiting(log.calls.size),
    );
  }

  /** Another walk from where this one stands, in which nothing was cut off yet. */
  branch(at: number): Walk {
    const { log, fqdn, state, fate, hasEnd } = this;
    const copy = copyOfCallStatus(state, [...state.calls.keys()]);
    const [bystanders, waiting] = [this.bystanders.branch(), this.waiting.branch()];
    const walk = new Walk(log, fqdn, copy, fate.slice(), hasEnd.slice(), bystanders, waiting);
    walk.noteStage(at);
    return walk;
  }

  get pair(): PairFacts | null {
    return this.state.pair;
  }

  get calls(): CallStatusState {
    return this.state;
  }

  /** The document is read otherwise from here on. */
  read(reading: string, choice: string): void {
    this.readings[reading] = choice;
    this.readAsChosen();
    this.waiting.reconsider(this.pair, this.bystanders, true);
  }

  /** What a decider made of an added command. */
  applyAdded(event: HistoryEvent, at: number, position: bigint): void {
    if (isCallEvent(event)) this.applyToCall(this.log.imagine(event), at);
    else this.applyToPair(event, at, position);
  }

  /** Of a pair or an agent. False where the event makes no sense here: it changes nothing then. */
  applyToPair(event: HistoryEvent, at: number, position: bigint): boolean {
    const isOfAgent = isAgentEvent(event);
    const isSensible = isOfAgent
      ? this.bystanders.applyToAgent(event)
      : this.applyFactOfPair(event, at, position);
    if (isSensible) this.waiting.reconsider(this.pair, this.bystanders, !isOfAgent);
    return isSensible;
  }

  private applyFactOfPair(event: HistoryEvent, at: number, position: bigint): boolean {
    if (whyNoFactOfPair(event, this.state.pair) !== null) return false;
    callStatus.apply(this.state, event);
    this.ofPair.push({ at, event });
    if (event.type === 'PairRegistered') this.readAsChosen();
    this.noteStage(at);
    if (stageChangeOf(event.type) === undefined) return true;
    const calls = this.newlyCutOff();
    for (const call of calls) this.cut(call, this.causeOfOpen(call), at);
    if (calls.length > 0) this.cutAtOnce.push({ at, position, calls });
    return true;
  }

  /** Likewise; `index` names a fact of a call. */
  applyToCall(index: number, at: number): boolean {
    const isSensible = this.applyFact(index, at);
    if (isSensible && this.log.watched.has(this.log.callOf(index))) {
      const event = this.log.eventAt(index);
      const occurredAt = new Date(at).toISOString();
      this.bystanders.applyToCall({ ...event, metadata: { ...event.metadata, occurredAt } });
    }
    return isSensible;
  }

  private applyFact(index: number, at: number): boolean {
    const call = this.log.callOf(index);
    const fate = this.fate[call] ?? fates.unheard;
    if (this.log.isArrival(index)) return fate === fates.unheard && this.arrive(index, call, at);
    if (fate === fates.letGo) return true;
    // As other histories have it: nothing follows the first end that is reported, also where that makes no sense.
    if (fate === fates.unheard || this.hasEnd[call] === 1) return false;
    if (this.log.isEnd(index)) this.hasEnd[call] = 1;
    if (fate === fates.cutOff && this.log.saysWentOn(index)) return this.goOn(index, call);
    if (fate !== fates.open) return false;
    callStatus.apply(this.state, this.log.eventAt(index));
    if (this.log.isEnd(index)) {
      this.fate[call] = fates.over;
      this.waiting.leave(call);
    } else this.waiting.take(call);
    return true;
  }

  isOpen(call: number): boolean {
    return this.fate[call] === fates.open;
  }

  isCutOff(call: number): boolean {
    return (this.cause[call] ?? 0) > 0;
  }

  /** Whether the partner of its owner serves an open call. */
  isServedByBackup(call: number): boolean {
    return this.state.calls.get(this.log.calls.at(call))?.cohort.servedBy === 'backup';
  }

  /** An open call is judged no more. */
  letGo(call: number): void {
    letGo(this.state, this.log.calls.at(call));
    this.fate[call] = fates.letGo;
    this.waiting.leave(call);
  }

  /** Ends the last stage. */
  end(at: number): void {
    const last = this.stages.at(-1);
    if (last !== undefined) last.to = at;
  }

  private readAsChosen(): void {
    const { pair } = this.state;
    if (pair !== null) pair.readings = { ...pair.readings, ...this.readings };
  }

  private arrive(index: number, call: number, at: number): boolean {
    const owner = ownerOf(this.state, this.log.ownerOf(call));
    if (this.state.pair === null || owner === undefined || !this.log.isFirst(index)) return false;
    callStatus.apply(this.state, this.log.eventAt(index, at));
    const group = groupOf(owner, this.log.groupOf(call));
    const cohort = this.log.isPlacement(index) ? group.placed : group.arriving;
    if (cohort === null || isOpen(cohort.status)) {
      this.fate[call] = fates.open;
      if (cohort?.onBehalf === false) this.wait(call, cohort);
    } else if (cohort.onBehalf) this.fate[call] = fates.over;
    else this.cut(call, causeOf(cohort.ruling.grounds), at);
    return true;
  }

  private wait(call: number, { owner, responseGroup, servedBy }: Cohort): void {
    if (this.pair === null || servedBy === null) return;
    this.waiting.arrive(call, { owner: owner.fqdn, responseGroup, servedBy }, this.pair, this.bystanders);
  }

  private goOn(index: number, call: number): boolean {
    const before = ownerOf(this.state, this.log.ownerOf(call))?.contradicted;
    callStatus.apply(this.state, asDerivedHere(this.state, this.log.eventAt(index)));
    if (ownerOf(this.state, this.log.ownerOf(call))?.contradicted === before) return false;
    this.fate[call] = this.log.isEnd(index) ? fates.over : fates.open;
    if (!this.log.isEnd(index)) this.waiting.take(call);
    this.cause[call] = 0;
    return true;
  }

  private newlyCutOff(): readonly number[] {
    const calls: number[] = [];
    for (const { callId, cohort } of this.state.calls.values()) {
      if (isOpen(cohort.status)) continue;
      const call = this.log.calls.find(callId);
      if (call !== undefined && this.fate[call] === fates.open && cohort.status === 'disconnected')
        calls.push(call);
    }
    return calls;
  }

  private causeOfOpen(call: number): string {
    const record = this.state.calls.get(this.log.calls.at(call));
    return record === undefined ? '' : causeOf(record.cohort.ruling.grounds);
  }

  private cut(call: number, cause: string, at: number): void {
    this.fate[call] = fates.cutOff;
    this.waiting.leave(call);
    this.cutAt[call] = at;
    this.cause[call] = this.causes.indexOf(cause) + 1;
  }

  private noteStage(at: number): void {
    const stage = this.state.pair === null ? undefined : poolOf(this.state.pair, this.fqdn)?.stage;
    const last = this.stages.at(-1);
    if (stage === undefined || last?.stage === stage) return;
    if (last !== undefined) last.to = at;
    this.stages.push({ stage, from: at, to: at });
  }
}
