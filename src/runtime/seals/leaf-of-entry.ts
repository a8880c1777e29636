/** The leaf of an event, made of what the entry of an audit trail says of it. */
import type { JsonObject } from '../../../events/envelope.js';
import { schemaOf, upcast } from '../../../events/registry.js';
import type { AuditEntry } from '../../../projections/audit-trail/entry.js';
import { sameJson } from '../../../policy/same-json.js';
import type { StoredEvent } from '../../store/port.js';
import { leafOf } from './leaf-of.js';

/** An entry of an event: what is derived has no stream. */
export type EntryOfEvent = AuditEntry & {
  readonly stream: string;
  readonly revision: string;
  readonly schemaVersion: number;
  readonly actor: string;
};

/**
 * The leaves that the event may have, of 64 hexadecimal digits each: one, but for an event of an earlier version. They depend on all that the entry says, but for its position, pool, incident, causes and
 * summary, and `command`, `refused` and `causedBy`, which repeat other members.
 */
export function leavesOfEntry(entry: EntryOfEvent): readonly string[] {
  const { id, type, stream, schemaVersion, recordedAt } = entry;
  const event: Omit<StoredEvent, 'data'> = {
    id,
    type,
    stream,
    revision: BigInt(entry.revision),
    position: 0n,
    recordedAt,
    schemaVersion,
    metadata: metadataOf(entry),
  };
  return storedForms(type, schemaVersion, entry.data as JsonObject).map((data) =>
    leafOf({ ...event, data }).toString('hex'),
  );
}

function metadataOf(entry: EntryOfEvent): JsonObject {
  const { actor, correlationId, causationId, commandId, occurredAt, recordedAt, schemaVersion } = entry;
  const { provedBy, onBehalfOf, because } = entry;
  return {
    actor,
    correlationId,
    causationId,
    commandId,
    occurredAt,
    recordedAt,
    schemaVersion,
    ...(provedBy === undefined ? {} : { provedBy }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(because.length === 0 ? {} : { because }),
  };
}

/** Entries show the payload at the newest version of its type: what that adds to an earlier one may not be stored. */
function storedForms(type: string, schemaVersion: number, data: JsonObject): readonly JsonObject[] {
  if (!isEarlier(type, schemaVersion)) return [data];
  return Object.keys(data).reduce<readonly JsonObject[]>(
    (forms, member) => [
      ...forms,
      ...forms
        .map((form) => without(form, member))
        .filter((form) => sameJson(upcast(type, schemaVersion, form), data)),
    ],
    [data],
  );
}

function isEarlier(type: string, schemaVersion: number): boolean {
  try {
    return schemaVersion < schemaOf(type).schemaVersion;
  } catch {
    // A type that this version does not know is shown as it is stored.
    return false;
  }
}

const without = (data: JsonObject, member: string): JsonObject => ({ ...data, [member]: undefined });
