/** Which span of a history is meant. */
import { logPositionOf } from '../../../../events/places.js';
import { comparePlaces, firstOf, lastOf, type Place } from '../../../../projections/what-if/course.js';
import { timeText } from '../../../../projections/what-if/outcome.js';
import { NamedFacts } from '../../../../projections/what-if/plan.js';
import type { Facts, Span } from '../../../../projections/what-if/recorded.js';
import { isAgentEvent } from '../../../../projections/histories/contradictions.js';
import type { FieldError } from '../../../domain/decision.js';
import type { AskedMoment, EventMoment, StageMoment } from '../../moment.js';
import { stageIn, type MomentInPair, type MomentScope } from '../moments.js';
import { noEvent, Unresolved } from '../unresolved.js';

export interface WhatIfSpan {
  /** It begins with what happened then. */
  readonly from: AskedMoment;
  /** It ends with what happened then; null: now. */
  readonly to: AskedMoment | null;
}

type Field = 'from' | 'to';

/** The same, in the pair that its moments are of. */
export interface SpanInPair {
  readonly pairId: string;
  readonly from: MomentInPair;
  /** Null: now. */
  readonly to: MomentInPair | null;
}

export function spanOf({ from, to }: SpanInPair, facts: Facts, now: Date): Span | readonly FieldError[] {
  const first = placeOf('from', from, facts);
  const last = to === null ? lastOf(now.getTime()) : placeOf('to', to, facts);
  if ('pointer' in first) return [first];
  if ('pointer' in last) return [last];
  const limit = now.getTime() + clockTolerance;
  if (first.at > limit) return [inFuture('/from', now)];
  if (last.at > limit) return [inFuture('/to', now)];
  if (comparePlaces(first, last) > 0) {
    const detail = `${timeText(first.at)} lies after ${timeText(last.at)}; allowed: up to /to.`;
    return [{ pointer: '/from', detail }];
  }
  return { after: { at: first.at, position: first.position - 1n }, upTo: last };
}

/** Clocks of clients may run ahead by this much, in milliseconds. */
const clockTolerance = 5_000;

const inFuture = (pointer: string, now: Date): FieldError => ({
  pointer,
  detail: `lies in the future; allowed: up to now, ${now.toISOString()}.`,
});

/** Of a time the first place or the last, of anything else the fact that is meant. */
function placeOf(field: Field, { asked, scope }: MomentInPair, facts: Facts): Place | FieldError {
  switch (asked.kind) {
    case 'time':
      return ofTime(field, Date.parse(asked.time));
    case 'event':
      return ofEvent(field, asked, facts);
    case 'stage':
      return ofStage(field, asked, facts, scope);
    case 'position':
      return (
        recordedAt(asked.position, facts) ?? {
          pointer: `/${field}`,
          detail: `Nothing of this pair was recorded up to position ${asked.position}; allowed: from position ${firstPosition(facts)} on.`,
        }
      );
  }
}

const ofTime = (field: Field, at: number): Place => (field === 'from' ? firstOf(at) : lastOf(at));

function ofEvent(field: Field, moment: EventMoment, facts: Facts): Place | FieldError {
  const named = new NamedFacts(facts, [moment.id]);
  const fact = named.find(moment.id);
  if (fact !== undefined) return named.placeOf(fact);
  return noEvent(
    field,
    moment,
    facts.pair.map(({ event }) => event).filter((event) => !isAgentEvent(event)),
  ).error;
}

function ofStage(field: Field, asked: StageMoment, facts: Facts, scope: MomentScope): Place | FieldError {
  const events = facts.pair.map(({ event }) => event);
  const found = stageIn(field, asked, events, scope);
  if (found instanceof Unresolved) return found.error;
  const began = Date.parse(found.metadata.occurredAt);
  return asked.offset === null
    ? { at: began, position: logPositionOf(found.position) }
    : ofTime(field, began + asked.offset);
}

/** The place of the last fact that was recorded up to a position; null where there is none. */
function recordedAt(position: bigint, { pair, calls }: Facts): Place | null {
  let last: Place | null = null;
  for (const fact of pair) {
    if (isAgentEvent(fact.event)) continue;
    if (fact.position <= position && (last === null || fact.position > last.position)) last = fact;
  }
  const index = calls.lastRecordedUpTo(position);
  if (index === null || (last !== null && last.position > calls.positionOf(index))) return last;
  return { at: calls.timeOf(index), position: calls.positionOf(index) };
}

const firstPosition = ({ pair }: Facts): bigint =>
  pair.find(({ event }) => event.type === 'PairRegistered')?.position ?? 0n;
