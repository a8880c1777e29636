/** A span as it is on record. */
import type { CallColumns } from './call-columns.js';
import { Course, firstOf, type PairFact, type Place, type Plan, type Step } from './course.js';
import { outcomeOf, type SpanOutcome } from './outcome.js';
import { Walk } from './walk.js';

/** What happened to a pair, its calls and all agents. */
export interface Facts {
  readonly calls: CallColumns;
  /** Of agents as well, in their order. */
  readonly pair: readonly PairFact[];
}

/** After a place and up to another, inclusive. */
export interface Span {
  readonly after: Place;
  readonly upTo: Place;
}

/** Gives way to others, and says how far it is. @throws the reason for which nobody waits any more */
export type Pause = (facts: number) => Promise<void> | void;

/** A span, folded. */
export interface Recorded {
  readonly facts: Facts;
  readonly span: Span;
  /** As it stood before. */
  readonly before: Walk;
  readonly walk: Walk;
  /** Facts that make no sense where they are on record, as a fact of a call or the id of one of the pair. */
  readonly contradicted: ReadonlySet<number | string>;
  readonly outcome: SpanOutcome;
}

const nothingEdited = (pair: readonly PairFact[]): Plan => ({ pair, skipped: new Set(), inserted: [] });

/** @param fqdn the pool whose stages are told */
export async function foldRecorded(facts: Facts, span: Span, fqdn: string, pause: Pause): Promise<Recorded> {
  const plan = nothingEdited(facts.pair);
  const before = Walk.begin(facts.calls, fqdn);
  const prelude = new Course(facts.calls, plan, firstOf(-Infinity), span.after);
  await foldAll(prelude, pause, (step) => void applied(before, step));
  const walk = before.branch(beginOf(span));
  const contradicted = new Set<number | string>();
  const course = new Course(facts.calls, plan, span.after, span.upTo);
  await foldAll(course, pause, (step) => {
    if (!applied(walk, step)) contradicted.add(nameOf(step));
  });
  walk.end(span.upTo.at);
  const outcome = outcomeOf(walk, { undetermined: 0, reachedBackup: 0 });
  return { facts, span, before, walk, contradicted, outcome };
}

/** The time with which a span begins. */
export const beginOf = ({ after, upTo }: Span): number => Math.min(after.at, upTo.at);

export async function foldAll(course: Course, pause: Pause, fold: (step: Step) => void): Promise<void> {
  let folded = 0;
  for (let step = course.next(); step !== null; step = course.next()) {
    fold(step);
    folded += 1;
    const waiting = pause(folded);
    if (waiting !== undefined) await waiting;
  }
}

/** What is recorded, where it stands. False where it makes no sense there; what is added is for others to decide. */
export function applied(walk: Walk, step: Step): boolean {
  if (step.kind === 'pair') return walk.applyToPair(step.event, step.at, step.position);
  return step.kind === 'add' || walk.applyToCall(step.index, step.at);
}

/** What a step is told by where it is contradicted. */
export const nameOf = (step: Step): number | string =>
  step.kind === 'pair' ? step.event.id : step.kind === 'call' ? step.index : `edit-${step.edit}`;
