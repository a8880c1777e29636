/** The thread that has SQLite check a file, and answers with what it finds. */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** More are not told. */
const MOST = 20;

function problemsOf(file: string): readonly string[] {
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return database
        .prepare(`pragma integrity_check(${MOST})`)
        .all()
        .flatMap((row) => Object.values(row))
        .map(String)
        .filter((text) => text !== 'ok');
    } finally {
      database.close();
    }
  } catch (error) {
    return [(error as Error).message];
  }
}

parentPort?.postMessage(problemsOf(workerData as string));
