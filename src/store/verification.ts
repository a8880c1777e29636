import type { EventRow } from './event-row.js';
import type { EventRows, StreamHead } from './event-table.js';
import { NO_HASH, sealPosition, sealText } from './hash-chain.js';
import type { LogProgress, Verification } from './port.js';
import { Turns } from './turns.js';

const PAGE = 1_000;
const NO_PLACE = 'The event has a position that the store never gave.';

/**
 * Reads the log in order of position up to the first event that is not as it was written, and then by the ways in which
 * readers find events.
 * Detects a change of any column, of the order within and across streams, and missing events, also at the end.
 * A chain without a secret cannot detect that the log was rewritten from some event to its end, including all hashes and
 * the highest position. To detect that, keep a copy of the last hash elsewhere.
 */
export async function verifyRows(
  rows: EventRows,
  signal?: AbortSignal,
  reached?: (progress: LogProgress) => void,
): Promise<Verification> {
  const inOrder = await verifyInOrder(rows, signal, reached);
  const findings = (await rows.otherWays?.(signal)) ?? [];
  return findings.length === 0 ? inOrder : { ...inOrder, findings };
}

async function verifyInOrder(
  rows: EventRows,
  signal: AbortSignal | undefined,
  reached: (progress: LogProgress) => void = () => undefined,
): Promise<Verification> {
  const turns = new Turns(signal);
  const heads = new Map<string, StreamHead>();
  const lastGiven = rows.lastGiven();
  let logHash = NO_HASH;
  let position = 0;
  const broken = (at: number, problem: string, row?: EventRow): Verification => ({
    events: position,
    streams: heads.size,
    broken: {
      position: BigInt(at),
      stream: row?.stream ?? null,
      revision: row === undefined ? null : BigInt(row.revision),
      problem,
    },
  });

  for (let after = -Infinity; ; after = position) {
    const page = pageAfter(rows, after);
    if (!Array.isArray(page)) {
      return broken(position + 1, `The log cannot be read from position ${position + 1} on: ${page.message}`);
    }
    for (const row of page) {
      if (turns.isOver) await turns.next();
      if (row.position > lastGiven || row.position > position + 1) break;
      const problem = row.position <= position ? NO_PLACE : problemOf(row, heads.get(row.stream), logHash);
      if (problem !== null) return broken(row.position, problem, row);
      heads.set(row.stream, row);
      logHash = row.logHash;
      position = row.position;
    }
    reached({ events: position, position: BigInt(position) });
    if (position === lastGiven) break;
    if (page[page.length - 1]?.position !== position) {
      return broken(position + 1, `The event at position ${position + 1} is missing.`);
    }
    await turns.next();
  }

  const last = rows.lastRow();
  if (last !== null && last.position > rows.lastGiven()) return broken(last.position, NO_PLACE, last);
  return { events: position, streams: heads.size, broken: null };
}

function problemOf(row: EventRow, previous: StreamHead | undefined, previousLogHash: string): string | null {
  const due = (previous?.revision ?? -1) + 1;
  if (row.revision !== due) {
    return `The stream "${row.stream}" continues with revision ${row.revision} instead of ${due}: events were moved, renumbered or removed.`;
  }
  if (row.hash !== sealText(row, previous?.hash ?? NO_HASH)) {
    return `The event ${row.id} of the stream "${row.stream}" is not what was written there, or its predecessor is not.`;
  }
  if (row.logHash !== sealPosition(row.hash, previousLogHash)) {
    return `The event ${row.id} of the stream "${row.stream}" is not at its place in the log.`;
  }
  if (!agreesWithMetadata(row)) {
    return `The event ${row.id} of the stream "${row.stream}" has another schema version or time than its metadata.`;
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

function pageAfter(rows: EventRows, after: number): EventRow[] | Error {
  try {
    return rows.chainAfter(after, PAGE);
  } catch (error) {
    return error as Error;
  }
}
