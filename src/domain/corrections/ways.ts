/** Ways on from corrections that are refused: what is recorded in the place of what stays. */
import type { EventTimeCorrected } from '../../../events/correction.js';
import type { Recorded } from '../../../events/envelope.js';
import type { EventType, PoolkeeperEvent } from '../../../events/registry.js';
import { recordedBy } from './recorded-by.js';

/** How what a correction says is undone: what was retracted is recorded again, and a time is corrected again. */
export function wayBack(correction: object): string {
  const { eventType = '', eventId = '', before } = correction as Partial<EventTimeCorrected['data']>;
  const command = Object.hasOwn(recordedBy, eventType) ? recordedBy[eventType as EventType] : undefined;
  return before === undefined && command !== undefined ? command : `correct-time ${eventId}`;
}

/** The command that records where a pool is now what is so, as of its own time. */
export const wayThere = ({ type }: Recorded<PoolkeeperEvent>, pool: string | null): string =>
  `${reports.has(type) ? recordedBy[type] : 'record-export'} ${pool ?? ''}`.trim();

const reports: ReadonlySet<string> = new Set(['ServiceReported', 'BackEndDatabaseReported']);

/** The command that records what is so in the place of what an event says. */
export const wayAgainst = ({ type }: Recorded<PoolkeeperEvent>, pool: string | null): string =>
  `${opposites[type] ?? recordedBy[type] ?? 'record-export'} ${pool ?? ''}`.trim();

const opposites: Partial<Readonly<Record<EventType, string>>> = {
  ObjectCreated: 'remove-object',
  ObjectRemoved: 'create-object',
  ResponseGroupsImported: 'remove-object',
};
