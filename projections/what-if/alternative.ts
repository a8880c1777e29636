/** A span as it would have been: the same facts but for edits, and calls that the record cut off and it does not. */
import { isCallEvent } from '../../facts/call.js';
import type { HistoryEvent } from '../histories/history.js';
import { Course, comparePlaces, type Place, type Plan } from './course.js';
import { onlyCutOffIn, outcomeOf, type SpanOutcome } from './outcome.js';
import { applied, beginOf, foldAll, nameOf, type Pause, type Recorded } from './recorded.js';
import type { Walk } from './walk.js';

/** What an edit adds, as it was decided; or why it was refused. */
export type Decided =
  | { readonly outcome: 'accepted'; readonly events: readonly HistoryEvent[] }
  | {
      readonly outcome: 'refused';
      readonly rule: string;
      readonly because: readonly string[];
      readonly detail: string;
    };

export interface RefusedEdit {
  /** Its index among the edits. */
  readonly edit: number;
  readonly rule: string;
  readonly because: readonly string[];
  readonly detail: string;
}

export interface EditedSpan extends Plan {
  readonly readings: readonly { readonly reading: string; readonly choice: string }[];
}

export interface Alternative {
  readonly outcome: SpanOutcome;
  /** Calls that only the record cuts off. */
  readonly saved: number;
  /** Calls that only this history cuts off. */
  readonly lost: number;
  readonly refused: readonly RefusedEdit[];
  /** Recorded facts that can no longer have happened, as `nameOf` tells them, in their order. */
  readonly contradicted: readonly (number | string)[];
  readonly walk: Walk;
}

export interface Judging {
  /** Whether calls that the record cut off go on waiting, so that later stages are judged to meet them. */
  readonly stillWaiting: boolean;
  /** Decides what an edit adds, on the state that it meets. */
  readonly decide: (edit: number, walk: Walk, at: number) => Decided;
}

export async function foldAlternative(
  recorded: Recorded,
  plan: EditedSpan,
  { stillWaiting, decide }: Judging,
  pause: Pause,
): Promise<Alternative> {
  const { facts, span, before } = recorded;
  facts.calls.forgetImagined();
  const walk = before.branch(beginOf(span));
  for (const { reading, choice } of plan.readings) walk.read(reading, choice);
  const open = new OpenCalls(recorded, walk, stillWaiting);
  const refused: RefusedEdit[] = [];
  const contradicted: (number | string)[] = [];
  const course = new Course(facts.calls, plan, span.after, span.upTo);
  await foldAll(course, pause, (step) => {
    open.passTo(step);
    if (step.kind === 'add') {
      const decided = decide(step.edit, walk, step.at);
      if (decided.outcome === 'accepted') {
        for (const event of decided.events) {
          walk.applyAdded(event, step.at, step.position);
          if (isCallEvent(event)) open.look(facts.calls.calls.indexOf(event.data.callId));
        }
      } else {
        const { rule, because, detail } = decided;
        refused.push({ edit: step.edit, rule, because, detail });
      }
      return;
    }
    if (!applied(walk, step) && !recorded.contradicted.has(nameOf(step))) contradicted.push(nameOf(step));
    if (step.kind === 'call') open.look(facts.calls.callOf(step.index));
  });
  open.passTo(null);
  walk.end(span.upTo.at);
  return {
    outcome: outcomeOf(walk, open.left()),
    saved: onlyCutOffIn(recorded.walk, walk),
    lost: onlyCutOffIn(walk, recorded.walk),
    refused,
    contradicted,
    walk,
  };
}

/** Calls that the record cut off by now and this history has not: from there on the record says nothing of them. */
class OpenCalls {
  private passed = 0;
  /** By call. */
  private readonly isKnown: Uint8Array;
  private readonly list: number[] = [];
  private reachedBackup = 0;
  /** Calls that the record cut off as they arrived, or at a time that lies behind. */
  private readonly isDue: Uint8Array;

  constructor(
    private readonly recorded: Recorded,
    private readonly walk: Walk,
    private readonly stillWaiting: boolean,
  ) {
    const { cause } = recorded.walk;
    this.isKnown = new Uint8Array(cause.length);
    this.isDue = new Uint8Array(cause.length);
    for (let call = 0; call < cause.length; call += 1) if (recorded.walk.isCutOff(call)) this.isDue[call] = 1;
    for (const { calls } of recorded.walk.cutAtOnce) for (const call of calls) this.isDue[call] = 0;
  }

  /** Before a step, or at the end: stages that the record began before it. */
  passTo(next: Place | null): void {
    const { cutAtOnce } = this.recorded.walk;
    for (;;) {
      const cut = cutAtOnce[this.passed];
      if (cut === undefined || (next !== null && comparePlaces(cut, next) >= 0)) return;
      this.passed += 1;
      for (const call of cut.calls) {
        // It may have been reported later that the call went on, and a later stage may have cut it off after all.
        const { walk } = this.recorded;
        if (!walk.isCutOff(call) || walk.cutAt[call] !== cut.at) continue;
        this.isDue[call] = 1;
        this.look(call);
      }
    }
  }

  /** After something happened to a call. */
  look(call: number): void {
    if (this.isDue[call] !== 1 || this.isKnown[call] === 1 || !this.walk.isOpen(call)) return;
    this.isKnown[call] = 1;
    this.list.push(call);
    if (this.stillWaiting) return;
    if (this.walk.isServedByBackup(call)) this.reachedBackup += 1;
    this.walk.letGo(call);
  }

  left(): { readonly undetermined: number; readonly reachedBackup: number } {
    if (!this.stillWaiting) return { undetermined: this.list.length, reachedBackup: this.reachedBackup };
    const open = this.list.filter((call) => this.walk.isOpen(call));
    const reached = open.filter((call) => this.walk.isServedByBackup(call));
    return { undetermined: open.length, reachedBackup: reached.length };
  }
}
