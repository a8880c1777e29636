import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A thread cannot load TypeScript: see threaded-writer.ts. */
const INTEGRITY_THREAD = new URL(
  import.meta.url.endsWith('.ts')
    ? '../../../dist/src/store/sqlite/integrity-thread.js'
    : './integrity-thread.js',
  import.meta.url,
);

/**
 * What SQLite's own check of a file finds, in its words; nothing where all is well. It takes long and cannot be cut into
 * slices, so it runs on a thread of its own.
 * @throws the reason of the aborted signal
 */
export async function integrityOf(file: string, signal?: AbortSignal): Promise<readonly string[]> {
  const worker = new Worker(INTEGRITY_THREAD, { name: 'poolkeeper-integrity', workerData: file });
  try {
    const [problems] = (await once(worker, 'message', signal === undefined ? {} : { signal })) as [
      readonly string[],
    ];
    return problems;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    await worker.terminate();
  }
}
