/** Sentences about moments that cannot be told: each names the nearest that can. */
import { logPositionOf } from '../../../events/places.js';
import { few } from '../../../policy/texts/few.js';
import type { HistoryEvent } from '../../../projections/histories/history.js';
import type { StageBeginning } from '../../../projections/histories/stage-beginnings.js';
import type { FieldError } from '../../domain/decision.js';
import type { EventMoment, StageMoment } from '../moment.js';

/** Why a moment cannot be told. */
export class Unresolved {
  constructor(readonly error: FieldError) {}
}

const unresolved = (field: string, detail: string): Unresolved =>
  new Unresolved({ pointer: `/${field}`, detail });

const named = ({ id, type, position }: HistoryEvent): string =>
  `${id} (${type}, position ${logPositionOf(position)})`;

/** @param events null where they are of pools that whoever asks may not see */
export function noEvent(
  field: string,
  { id }: EventMoment,
  events: readonly HistoryEvent[] | null,
): Unresolved {
  if (events === null) {
    return unresolved(
      field,
      `No event has the id ${id}; the audit trails of pools show those that there are.`,
    );
  }
  const last = events.at(-1);
  const nearest = last === undefined ? 'there is none' : `the last one is ${named(last)}`;
  return unresolved(field, `No event of this history has the id ${id}; ${nearest}.`);
}

export function retracted(
  field: string,
  { id }: EventMoment,
  facts: readonly HistoryEvent[],
  event: HistoryEvent,
): Unresolved {
  const before = facts.findLast(({ metadata }) => metadata.occurredAt <= event.metadata.occurredAt);
  const nearest = before === undefined ? 'nothing happened before it' : `before it there is ${named(before)}`;
  return unresolved(field, `Event ${id} is not in force at that moment; ${nearest}.`);
}

export const noPool = (field: string, { text }: StageMoment): Unresolved =>
  unresolved(
    field,
    `"${text}" names a stage of one pool, and this answer is of no single pool; allowed: a time, a position or the id of an event.`,
  );

export function noStage(
  field: string,
  { text, incident }: StageMoment,
  {
    fqdn,
    incidentsBefore = 0,
    beginnings,
  }: {
    readonly fqdn: string;
    /** Those that the pool had in other pairs: names count them as well; none where absent. */
    readonly incidentsBefore?: number;
    readonly beginnings: readonly StageBeginning[];
  },
): Unresolved {
  const named = (number: number): number => number + incidentsBefore;
  const last = beginnings.at(-1)?.incident ?? 0;
  if (last === 0) {
    return unresolved(field, `"${text}" cannot be told: ${fqdn} has had no incident; allowed: a time.`);
  }
  const wanted = incident === 'last' ? last : incident;
  const numbers = [...new Set(beginnings.map((one) => one.incident))];
  const nearest = numbers.reduce((near, one) =>
    Math.abs(one - wanted) < Math.abs(near - wanted) ? one : near,
  );
  // A number that was given and has no stage is that of an incident whose beginning was retracted.
  const had =
    wanted < last && !numbers.includes(wanted)
      ? `incident ${named(wanted)} of ${fqdn} was retracted`
      : `${fqdn} has had ${named(last)} incident${named(last) === 1 ? '' : 's'}`;
  const there = [...new Set(beginnings.filter((one) => one.incident === nearest).map((one) => one.stage))];
  const names = few(there, { word: (stage) => `incident/${named(nearest)}/${stage}` });
  return unresolved(field, `"${text}" cannot be told: ${had}; the nearest that can be told: ${names}.`);
}
