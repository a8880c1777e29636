/** The thread that writes a log: opens the file, then stores each group of appends that it receives. */
import { parentPort, workerData } from 'node:worker_threads';
import { GroupWriter, probe } from '../group-writer.js';
import { StoreUnavailableError } from '../port.js';
import { openingReason, StoreReplacedError } from './errors.js';
import { openTable } from './open-database.js';
import type { SqliteTable } from './table.js';
import type { WriterRequest, WriterResponse } from './writer-messages.js';

if (parentPort === null) throw new Error('The writer of the event store runs as a thread.');
const port = parentPort;
const answer = (response: WriterResponse): void => port.postMessage(response);

function open(file: string): void {
  let table: SqliteTable | null = null;
  try {
    table = openTable(file);
    serve(table, new GroupWriter(table));
    answer({ kind: 'opened' });
  } catch (error) {
    table?.close();
    answer({ kind: 'refused', reason: openingReason(error) });
  }
}

function serve(table: SqliteTable, writer: GroupWriter): void {
  port.on('message', (request: WriterRequest) => {
    if (request === 'close') {
      table.close();
      port.close();
    } else {
      answer(attempt(() => (request === 'probe' ? probed(table) : written(writer, request))));
    }
  });
}

/** Any other error ends the thread, and with it the store. */
function attempt(answered: () => WriterResponse): WriterResponse {
  try {
    return answered();
  } catch (error) {
    if (!(error instanceof StoreUnavailableError) || error.cause instanceof StoreReplacedError) throw error;
    return { kind: 'failed', message: error.message };
  }
}

function probed(table: SqliteTable): WriterResponse {
  probe(table);
  return { kind: 'probed' };
}

const written = (
  writer: GroupWriter,
  { group, now }: Exclude<WriterRequest, 'close' | 'probe'>,
): WriterResponse => ({ kind: 'written', written: writer.write(group, now) });

open(workerData as string);
