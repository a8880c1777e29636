/** Lines of an export of an audit trail. */
import type { EntryOfEvent } from '../../runtime/seals/leaf-of-entry.js';
import { CliError, exitCodes } from '../exit-codes.js';

/** Whether a line is an entry of a trail, and no event of an export of the log. */
export function isEntry(line: string): boolean {
  const members = membersOf(line);
  return typeof members?.get('derived') === 'boolean' && members.has('causedBy');
}

/** An entry that can be compared; of a derived one only its type is looked at. */
export function entryIn(line: string, number: number, file: string): EntryOfEvent {
  const members = membersOf(line);
  const isDerived = members?.get('derived') === true && members.get('stream') === null;
  if (members !== null && isEntry(line) && (isDerived || isComplete(members))) {
    return JSON.parse(line) as EntryOfEvent;
  }
  throw new CliError(
    `Line ${number} of ${file} is no entry of an export of an audit trail. Export it again with "poolkeeper audit-trail <pool> --format ndjson".`,
    exitCodes.usage,
  );
}

const COUNT = /^(0|[1-9]\d{0,18})$/;
const texts = ['id', 'type', 'stream', 'actor', 'occurredAt', 'recordedAt'];
const ids = ['correlationId', 'causationId', 'commandId'];

function isComplete(members: ReadonlyMap<string, unknown>): boolean {
  const data = members.get('data');
  const because = members.get('because');
  return (
    [...texts, ...ids].every((name) => typeof members.get(name) === 'string') &&
    COUNT.test(String(members.get('revision'))) &&
    Number.isSafeInteger(members.get('schemaVersion')) &&
    typeof data === 'object' &&
    data !== null &&
    Array.isArray(because)
  );
}

/** What an entry says twice, and each time otherwise; null where it does not. */
export function contradictionIn(entry: EntryOfEvent): string | null {
  const { type, data, causationId, commandId } = entry;
  const command = type === 'CommandRefused' ? (data as { readonly command?: unknown }).command : null;
  const due = {
    derived: false,
    refused: type === 'CommandRefused',
    command,
    causedBy: causationId === commandId ? null : causationId,
  };
  const wrong = (['derived', 'refused', 'command', 'causedBy'] as const).find(
    (name) => entry[name] !== due[name],
  );
  return wrong === undefined ? null : `its member ${wrong} is not what the event says.`;
}

function membersOf(line: string): ReadonlyMap<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
  } catch {
    return null;
  }
}
