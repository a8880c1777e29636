import type { Consequence } from '../call-status/state.js';
import type { AuditEntry } from './entry.js';

/** The type of the entries that say how many calls the beginning of a stage cut off. */
export const callsCutOff = 'CallsCutOff';

/** Of the consequences of an event, counted from 1. */
export const consequenceId = (eventId: string, part: number): string => `${eventId}/${part}`;

/** The event of an entry, and which of its consequences it is: null where it is the event itself. */
export function entryAndPart(id: string): { readonly event: string; readonly part: number | null } {
  const [event = '', part] = id.split('/');
  return { event, part: part === undefined ? null : Number(part) };
}

/**
 * The entry of what followed from an event, whose own entry is `cause`: of its conversation, its time and its incident,
 * but nobody's act.
 */
export function consequenceEntry(
  { began, owner, cutOff }: Consequence,
  cause: AuditEntry,
  part: number,
): AuditEntry {
  const calls = Object.values(cutOff).reduce((sum, number) => sum + number, 0);
  return {
    ...cause,
    id: consequenceId(cause.id, part),
    stream: null,
    revision: null,
    type: callsCutOff,
    schemaVersion: null,
    actor: null,
    derived: true,
    pool: owner,
    causationId: cause.id,
    causedBy: cause.id,
    causes: [],
    because: Object.keys(cutOff),
    summary: `${calls === 1 ? '1 call' : `${calls} calls`} of ${owner} cut off as ${began.stage} began for ${began.pool}`,
    data: { pool: owner, stage: began.stage, ofPool: began.pool, calls, cutOff: { ...cutOff } },
  };
}
