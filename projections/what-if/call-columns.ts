/**
 * The facts of the calls of a pair in columns, by their place in the log: a million of them take some 90 megabytes, where
 * events take 600. They are folded as events all the same, made for the fold and let go of again.
 */
import type { ContradictedCutOff } from '../../events/call.js';
import { callStream } from '../../events/streams.js';
import { callEventOf, type CallFact } from './call-event.js';
import { Ids } from './ids.js';
import { Strings } from './strings.js';

const kinds = ['CallArrived', 'CallConnected', 'CallEnded', 'OnBehalfCallPlaced'] as const;
/** Of a fact that is not in force. */
const STRUCK = 255;

/** Of which response group a call is. */
interface Reported {
  readonly pool: string;
  readonly responseGroup: string;
}

export class CallColumns {
  /** How many facts there are; each is named by its index from 0 on. */
  size = 0;
  /** Indexes in the order in which the facts happened. */
  order = new Uint32Array(0);
  /** The names of calls; each call is named by its index. */
  readonly calls = new Strings();
  private readonly agents = new Strings();
  private readonly groups = new Strings();
  private readonly pools = new Strings();
  private kind = new Uint8Array(1_024);
  private time = new Float64Array(1_024);
  private position = new BigUint64Array(1_024);
  private call = new Int32Array(1_024);
  private agent = new Int32Array(1_024);
  private readonly ids = new Ids();
  /** By call. */
  private pool = new Int32Array(1_024);
  private group = new Int32Array(1_024);
  private arrival = new Int32Array(0);
  /** Cut-offs after which a call went on, by the fact that says so. */
  private readonly contradicts = new Map<number, ContradictedCutOff>();
  private isInOrder = true;
  /** Calls that added commands name, by number: walks keep what deciders ask of them. */
  readonly watched = new Set<number>();
  /** By call: the arrival that an alternative added, which takes the place of the one on record. */
  private readonly imagined = new Map<number, Reported & { readonly arrival: number }>();
  private readonly reported = new Set<number>();
  /** By fact: what later reports of a call say, which count where earlier ones are retracted. */
  private readonly reportedAgain = new Map<number, Reported>();

  constructor(private readonly pairId: string) {}

  /** In the order of the log. */
  add(event: CallFact): void {
    const index = this.put(event, this.callNamed(event.data));
    if (this.timeOf(index) < (this.time[index - 1] ?? 0)) this.isInOrder = false;
  }

  /** Before they are settled: there is room for these calls, also where none of them was reported. */
  watch(callIds: readonly string[]): void {
    for (const callId of callIds) this.watched.add(this.numberOf(callId));
  }

  /** What an alternative adds has an index as well, and no place in the order. The call must be watched. */
  imagine(event: CallFact): number {
    const call = this.numberOf(event.data.callId);
    const index = this.put(event, call);
    if ('pool' in event.data) {
      const { pool, responseGroup } = event.data;
      this.imagined.set(call, { arrival: index, pool, responseGroup });
    }
    return index;
  }

  /** Before another alternative. */
  forgetImagined(): void {
    this.imagined.clear();
  }

  /** After the last of them: those that are not in force are left out, others have another time. */
  settle(retracted: ReadonlySet<string>, retimed: ReadonlyMap<string, number>): void {
    for (const [id, index] of this.ids.indexesOf([...retracted, ...retimed.keys()])) {
      this.time[index] = retimed.get(id) ?? this.time[index] ?? 0;
      if (retracted.has(id)) this.kind[index] = STRUCK;
      this.isInOrder = false;
    }
    this.arrival = new Int32Array(this.calls.size).fill(-1);
    for (let index = this.size - 1; index >= 0; index -= 1) {
      if (this.isArrival(index)) this.arrival[this.call[index] ?? 0] = index;
    }
    for (const [index, data] of this.reportedAgain)
      if (this.isFirst(index)) this.report(this.callOf(index), data);
    this.order = new Uint32Array(this.size);
    for (let index = 0; index < this.size; index += 1) this.order[index] = index;
    if (this.isInOrder) return;
    this.order = this.order
      .filter((index) => this.kind[index] !== STRUCK)
      .sort((one, other) => this.timeOf(one) - this.timeOf(other) || one - other);
  }

  timeOf(index: number): number {
    return this.time[index] ?? 0;
  }

  positionOf(index: number): bigint {
    return this.position[index] ?? 0n;
  }

  /** The call that a fact is about. */
  callOf(index: number): number {
    return this.call[index] ?? 0;
  }

  idOf(index: number): string {
    return this.ids.at(index);
  }

  /** The facts with these ids. */
  indexesOf(ids: readonly string[]): ReadonlyMap<string, number> {
    return this.ids.indexesOf(ids);
  }

  /** Whether it is the first report of its call that is in force. */
  isFirst(index: number): boolean {
    const call = this.callOf(index);
    return (this.imagined.get(call)?.arrival ?? this.arrival[call]) === index;
  }

  isArrival(index: number): boolean {
    const kind = this.kind[index];
    return kind === 0 || kind === 3;
  }

  /** The last fact that was recorded up to a position; null where there is none. */
  lastRecordedUpTo(position: bigint): number | null {
    let [first, beyond] = [0, this.size];
    while (first < beyond) {
      const middle = (first + beyond) >>> 1;
      if (this.positionOf(middle) <= position) first = middle + 1;
      else beyond = middle;
    }
    return first === 0 ? null : first - 1;
  }

  /** False where it was retracted. */
  isInForce(index: number): boolean {
    return this.kind[index] !== STRUCK;
  }

  isEnd(index: number): boolean {
    return this.kind[index] === 2;
  }

  isPlacement(index: number): boolean {
    return this.kind[index] === 3;
  }

  saysWentOn(index: number): boolean {
    return this.contradicts.has(index);
  }

  /** The calls of which facts say that they went on after a cut-off. */
  get wentOn(): ReadonlySet<string> {
    return new Set([...this.contradicts.keys()].map((index) => this.calls.at(this.callOf(index))));
  }

  ownerOf(call: number): string {
    return this.imagined.get(call)?.pool ?? this.pools.at(this.pool[call] ?? -1);
  }

  groupOf(call: number): string {
    return this.imagined.get(call)?.responseGroup ?? this.groups.at(this.group[call] ?? -1);
  }

  /** As much of the event as a fold of calls takes. */
  eventAt(index: number, at = this.timeOf(index)): CallFact {
    const call = this.callOf(index);
    return callEventOf({
      at,
      type: kinds[this.kind[index] ?? 0] ?? 'CallArrived',
      stream: callStream(this.pairId, this.calls.at(call)),
      isFirst: this.isFirst(index),
      callId: this.calls.at(call),
      agent: this.agents.at(this.agent[index] ?? -1),
      pool: this.ownerOf(call),
      responseGroup: this.groupOf(call),
      contradicts: this.contradicts.get(index),
    });
  }

  /** Its index. */
  private put({ id, type, data, metadata, position }: CallFact, call: number): number {
    const index = this.size;
    if (index === this.kind.length) this.grow();
    this.kind[index] = kinds.indexOf(type);
    this.time[index] = Date.parse(metadata.occurredAt);
    this.position[index] = position;
    this.call[index] = call;
    this.agent[index] = 'agent' in data ? this.agents.indexOf(data.agent) : -1;
    this.ids.add(id);
    if ('contradicts' in data) this.contradicts.set(index, data.contradicts);
    this.size += 1;
    return index;
  }

  private numberOf(callId: string): number {
    const call = this.calls.indexOf(callId);
    if (call >= this.pool.length) {
      this.pool = grown(this.pool, Int32Array);
      this.group = grown(this.group, Int32Array);
    }
    return call;
  }

  private callNamed(data: CallFact['data']): number {
    const call = this.numberOf(data.callId);
    if (!('pool' in data)) return call;
    if (this.reported.has(call)) this.reportedAgain.set(this.size, data);
    else this.report(call, data);
    this.reported.add(call);
    return call;
  }

  private report(call: number, { pool, responseGroup }: Reported): void {
    this.pool[call] = this.pools.indexOf(pool);
    this.group[call] = this.groups.indexOf(responseGroup);
  }

  private grow(): void {
    this.kind = grown(this.kind, Uint8Array);
    this.time = grown(this.time, Float64Array);
    this.position = grown(this.position, BigUint64Array);
    this.call = grown(this.call, Int32Array);
    this.agent = grown(this.agent, Int32Array);
  }
}

function grown<Column extends { readonly length: number; set(from: Column): void }>(
  column: Column,
  Larger: new (length: number) => Column,
): Column {
  const larger = new Larger(column.length * 2);
  larger.set(column);
  return larger;
}
