import { setImmediate } from 'node:timers/promises';
import type { EventRow } from './event-row.js';
import type { EventTable, Head } from './event-table.js';
import { NO_HASH, sealPlace, sealText } from './hash-chain.js';
import type { BrokenEvent, Verification } from './port.js';

const PAGE = 1_000;

/**
 * Walks the log in order of position and stops at the first event that is not what was written.
 * Covers every column, the order within and across streams, and events that are missing, also at the end.
 * What a chain without a secret cannot show: a log that was rewritten from some event to its end, all hashes and
 * the count of given positions included. Keep a copy of the last hash elsewhere to show that.
 */
export async function verifyTable(table: EventTable): Promise<Verification> {
  const heads = new Map<string, Head>();
  const lastGiven = table.lastGiven();
  let logHash = NO_HASH;
  let position = 0;
  const broken = (found: Omit<BrokenEvent, 'position'>, at: number): Verification => ({
    events: position,
    streams: heads.size,
    broken: { position: BigInt(at), ...found },
  });

  while (position < lastGiven) {
    const page = pageAfter(table, position);
    if (!Array.isArray(page)) {
      const problem = `The log cannot be read from position ${position + 1} on: ${page.message}`;
      return broken({ stream: null, revision: null, problem }, position + 1);
    }
    for (const row of page) {
      if (row.position > position + 1) break;
      const problem = problemOf(row, heads.get(row.stream), logHash);
      if (problem !== null) {
        return broken({ stream: row.stream, revision: BigInt(row.revision), problem }, row.position);
      }
      heads.set(row.stream, row);
      logHash = row.logHash;
      position = row.position;
      if (position === lastGiven) break;
    }
    if (position < lastGiven && page[page.length - 1]?.position !== position) {
      const problem = `The event at position ${position + 1} is missing.`;
      return broken({ stream: null, revision: null, problem }, position + 1);
    }
    await setImmediate();
  }
  return { events: position, streams: heads.size, broken: null };
}

function problemOf(row: EventRow, previous: Head | undefined, previousLogHash: string): string | null {
  const due = (previous?.revision ?? -1) + 1;
  if (row.revision !== due) {
    return `The stream "${row.stream}" goes on with revision ${row.revision} where ${due} is due: events were moved, renumbered or removed.`;
  }
  if (row.hash !== sealText(row, previous?.hash ?? NO_HASH)) {
    return `The event ${row.id} of the stream "${row.stream}" is not what was written there, or its predecessor is not.`;
  }
  if (row.logHash !== sealPlace(row.hash, previousLogHash)) {
    return `The event ${row.id} of the stream "${row.stream}" is not where it was written in the log.`;
  }
  if (!agreesWithMetadata(row)) {
    return `The event ${row.id} of the stream "${row.stream}" has a schema version or a time that its metadata does not have.`;
  }
  return null;
}

function agreesWithMetadata(row: EventRow): boolean {
  try {
    const { schemaVersion, recordedAt } = JSON.parse(row.metadata) as Record<string, unknown>;
    return row.schemaVersion === schemaVersion && row.recordedAt === recordedAt;
  } catch {
    return false;
  }
}

function pageAfter(table: EventTable, after: number): EventRow[] | Error {
  try {
    return table.readLog({ after, direction: 'forward', streamPrefixes: null, types: null, limit: PAGE });
  } catch (error) {
    return error as Error;
  }
}
