/** Where a log is read from for a check: nothing there is changed. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { EXPORTS, ExportFiles, type CheckedFiles } from '../../runtime/commands/export-files.js';
import { SEALS, TREE } from '../../runtime/seals/sealed-log.js';
import type { JsonObject } from '../../../events/envelope.js';
import type { Log } from '../../runtime/seals/comparison.js';
import { LoggedEvent } from '../../store/event-row.js';
import type { EventRows } from '../../store/event-table.js';
import { DATABASE_FILE } from '../../store/open-store.js';
import type { StoredEvent, Verification } from '../../store/port.js';
import { openRows } from '../../store/sqlite/open-database.js';
import { verifyRows } from '../../store/verification.js';
import { CliError, exitCodes } from '../exit-codes.js';
import type { Io } from '../io.js';
import { openSource, placeOf } from '../store/places.js';

export interface LogSource extends AsyncDisposable {
  readonly name: string;
  readonly log: Log;
  /** The hash chains of the log, and the ways in which readers find events; null for an export, which has none. */
  readonly verify: (() => Promise<Verification>) | null;
  /** Compares the kept zips of exports with their hashes; null where none lie beside the log. */
  readonly checkFiles: (() => Promise<CheckedFiles>) | null;
  /** The folder with the seals of the log; null where it has none. */
  readonly seals: string | null;
  /** Whether one service alone writes it, which seals its end when it stops. */
  readonly hasOneWriter: boolean;
}

const PAGE = 1_000;
const ADDRESS = /^((esdb|kurrentdb)(\+discover)?:|EVENT_STORE$)/;

/**
 * @param given a folder with a log, a file with its export, or a connection string
 * @param folder of the seals, where the log is in EventStoreDB; empty for none
 */
export async function openLogSource(
  given: string,
  prefix: string,
  folder: string,
  io: Pick<Io, 'environment'>,
): Promise<LogSource> {
  if (ADDRESS.test(given)) return await fromServer(given, prefix, folder, io);
  const path = resolve(given);
  if (!existsSync(path)) throw new CliError(`--log: there is no ${path}.`, exitCodes.usage);
  return statSync(path).isDirectory() ? fromFolder(path) : fromExport(path);
}

async function fromServer(
  given: string,
  prefix: string,
  folder: string,
  io: Pick<Io, 'environment'>,
): Promise<LogSource> {
  const store = await openSource(placeOf('--log', given, prefix, io));
  const seals = folder === '' ? null : existing(join(resolve(folder), SEALS));
  return {
    name: 'the log on the server',
    log: store.readAll(),
    verify: () => store.verify(),
    checkFiles: null,
    seals,
    hasOneWriter: false,
    [Symbol.asyncDispose]: () => store.close(),
  };
}

function fromFolder(folder: string): LogSource {
  const file = join(folder, DATABASE_FILE);
  if (!existsSync(file)) {
    throw new CliError(`--log: ${folder} holds no log (${DATABASE_FILE}).`, exitCodes.usage);
  }
  const rows = openRows(file);
  return {
    name: file,
    log: pagesOf(rows),
    verify: () => verifyRows(rows),
    checkFiles: filesBeside(folder),
    seals: existing(join(folder, SEALS)),
    hasOneWriter: true,
    [Symbol.asyncDispose]: async () => rows.close(),
  };
}

async function* pagesOf(rows: EventRows): AsyncGenerator<readonly StoredEvent[], void, undefined> {
  for (let after = -Infinity; ;) {
    const page = rows.readLog({
      after,
      through: Infinity,
      direction: 'forward',
      streamPrefixes: null,
      types: null,
      limit: PAGE,
    });
    if (page.length === 0) return;
    yield page.map((row) => new LoggedEvent(row));
    after = page.at(-1)?.position ?? Infinity;
  }
}

function fromExport(file: string): LogSource {
  return {
    name: file,
    log: linesOf(file),
    verify: null,
    checkFiles: null,
    seals: null,
    hasOneWriter: false,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function* linesOf(file: string): AsyncGenerator<readonly StoredEvent[], void, undefined> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  let page: StoredEvent[] = [];
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line === '') continue;
    page.push(eventIn(line, number, file));
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The parts of a line that its leaf is made of, and its position. Whatever else it holds is passed over. */
interface ExportedEvent {
  readonly position: string;
  readonly stream: string;
  readonly revision: string;
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

function eventIn(line: string, number: number, file: string): StoredEvent {
  const value = parsed(line);
  if (!isExported(value)) {
    throw new CliError(
      `Line ${number} of ${file} is no event of an export of the log. Exports for checks come from "poolkeeper seal log".`,
      exitCodes.usage,
    );
  }
  const { position, stream, revision, id, type, data, metadata } = value;
  const { schemaVersion, recordedAt } = metadata;
  return {
    position: BigInt(position),
    stream,
    revision: BigInt(revision),
    id,
    type,
    data,
    metadata,
    schemaVersion: Number(schemaVersion),
    recordedAt: typeof recordedAt === 'string' ? recordedAt : '',
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const COUNT = /^(0|[1-9]\d{0,18})$/;

function isExported(value: unknown): value is ExportedEvent {
  if (typeof value !== 'object' || value === null) return false;
  const members = new Map<string, unknown>(Object.entries(value));
  const isText = (name: string): boolean => typeof members.get(name) === 'string';
  const isCount = (name: string): boolean => isText(name) && COUNT.test(String(members.get(name)));
  const isObject = (name: string): boolean =>
    typeof members.get(name) === 'object' && members.get(name) !== null;
  return (
    ['position', 'revision'].every(isCount) &&
    ['stream', 'id', 'type'].every(isText) &&
    ['data', 'metadata'].every(isObject)
  );
}

/** A backup has none: they are copied as a folder. */
function filesBeside(folder: string): LogSource['checkFiles'] {
  const files = join(folder, EXPORTS);
  return existsSync(files) ? () => new ExportFiles(files).check() : null;
}

const existing = (folder: string): string | null => (existsSync(folder) ? folder : null);

/** Where the file of the tree lies beside a log. */
export const treeBeside = (seals: string | null): string | null =>
  seals === null ? null : join(seals, TREE);
