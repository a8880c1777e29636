/** The calls of a walk that wait and that nobody could take since they arrived, as far as the record tells. */
import type { PairFacts } from '../../facts/pair.js';
import { partnerOf } from '../../facts/copies.js';
import { presentName } from '../../facts/former-names.js';
import type { ServingPool } from '../../policy/calls.js';
import { staffingOf, wayOf, type Agents, type Staffing, type Way } from './staffing.js';
import { Strings } from './strings.js';

/** Calls of a response group that wait on the same pool. */
interface Line {
  readonly owner: string;
  readonly responseGroup: string;
  readonly servedBy: ServingPool;
  /** As of the last change of the pair; null: to be looked up. */
  way: Way | null;
  /** As of the last change of the pair or an agent; null: to be judged. */
  staffing: Staffing | null;
  /** Those that wait, and that nobody could take so far. */
  readonly calls: Set<number>;
}

export class Waiting {
  private readonly lines = new Map<string, Line>();
  /** Those of all lines. */
  private readonly lineOf = new Map<number, Line>();
  /** By call: the number of the judgement from 1 on; 0 where somebody could take it, or it did not wait. */
  private readonly judged: Uint16Array;
  private readonly judgements: Staffing[] = [];
  private readonly numbers = new Strings();

  constructor(calls: number) {
    this.judged = new Uint16Array(calls);
  }

  /** Of those that wait now, apart from these. */
  branch(): Waiting {
    const other = new Waiting(this.judged.length);
    for (const [key, line] of this.lines) {
      if (line.calls.size === 0) continue;
      const copy = { ...line, way: null, calls: new Set(line.calls) };
      other.lines.set(key, copy);
      for (const call of line.calls) {
        other.lineOf.set(call, copy);
        other.note(call, line.staffing);
      }
    }
    return other;
  }

  arrive(
    call: number,
    to: Pick<Line, 'owner' | 'responseGroup' | 'servedBy'>,
    pair: PairFacts,
    agents: Agents,
  ): void {
    const key = `${to.owner} ${to.servedBy} ${to.responseGroup}`;
    let line = this.lines.get(key);
    if (line === undefined) {
      line = { ...to, way: null, staffing: null, calls: new Set() };
      this.lines.set(key, line);
    }
    const staffing = judgedNow(line, pair, agents);
    if (staffing.takenBy === 'somebody') return;
    this.note(call, staffing);
    line.calls.add(call);
    this.lineOf.set(call, line);
  }

  /** It waits no more, and nobody came to take it. */
  leave(call: number): void {
    this.lineOf.get(call)?.calls.delete(call);
    this.lineOf.delete(call);
  }

  /** An agent took it. */
  take(call: number): void {
    this.leave(call);
    this.judged[call] = 0;
  }

  /** After an event of an agent, or of the pair, whose objects it may have changed. */
  reconsider(pair: PairFacts | null, agents: Agents, isOfPair: boolean): void {
    for (const line of this.lines.values()) {
      line.staffing = null;
      if (isOfPair) line.way = null;
    }
    if (pair === null || this.lineOf.size === 0) return;
    for (const line of this.lines.values()) {
      if (line.calls.size === 0) continue;
      const staffing = judgedNow(line, pair, agents);
      for (const call of line.calls) this.note(call, staffing);
      if (staffing.takenBy !== 'somebody') continue;
      for (const call of line.calls) this.lineOf.delete(call);
      line.calls.clear();
    }
  }

  /** Null where somebody could take the call at some time, or where it did not wait. */
  staffingFor(call: number): Staffing | null {
    return this.judgements[(this.judged[call] ?? 0) - 1] ?? null;
  }

  /** What is not known at one time stays so: somebody may have been there then. */
  private note(call: number, staffing: Staffing | null): void {
    if (staffing?.takenBy === 'nobody' && this.staffingFor(call)?.takenBy === 'unknown') return;
    this.judged[call] = staffing === null || staffing.takenBy === 'somebody' ? 0 : this.numberOf(staffing);
  }

  private numberOf(staffing: Staffing): number {
    const number = this.numbers.indexOf([staffing.takenBy, ...staffing.because].join(' '));
    this.judgements[number] = staffing;
    return number + 1;
  }
}

function judgedNow(line: Line, pair: PairFacts, agents: Agents): Staffing {
  const { responseGroup, servedBy } = line;
  const owner = presentName(pair, line.owner);
  const serving = servedBy === 'primary' ? owner : partnerOf(pair, owner).fqdn;
  line.way ??= wayOf(pair, owner, serving, responseGroup);
  line.staffing ??= staffingOf(pair, line.way, agents);
  return line.staffing;
}
