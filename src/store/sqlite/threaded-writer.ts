import { Worker } from 'node:worker_threads';
import type { WrittenGroup } from '../append-outcome.js';
import type { EventWriter } from '../event-writer.js';
import { StoreUnavailableError } from '../port.js';
import type { PreparedAppend } from '../prepared-append.js';
import { StoreOpenError } from './errors.js';
import type { WriterRequest, WriterResponse } from './writer-messages.js';

/** A thread cannot load TypeScript: when the sources run uncompiled, the compiled thread of `dist` is started. */
const WRITER_THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/src/store/sqlite/writer-thread.js' : './writer-thread.js',
  import.meta.url,
);

/** Writes on a separate thread, so that the caller's thread is not blocked by commits. */
export class ThreadedWriter implements EventWriter {
  readonly lost: Promise<StoreUnavailableError>;
  private lose!: (fault: StoreUnavailableError) => void;
  private readonly worker: Worker;
  private readonly exited: Promise<void>;
  private waiting: PromiseWithResolvers<WriterResponse> | null = null;
  private fault: StoreUnavailableError | null = null;
  private closing = false;

  /** @throws StoreOpenError when the thread does not start, or cannot write to the file */
  static async open(file: string, thread: URL = WRITER_THREAD): Promise<ThreadedWriter> {
    const writer = new ThreadedWriter(file, thread);
    const opening = await writer.response().catch((cause: unknown) => {
      throw new StoreOpenError(file, (cause as Error).message, { cause });
    });
    if (opening.kind === 'opened') return writer;
    await writer.end();
    throw new StoreOpenError(
      file,
      opening.kind === 'refused' ? opening.reason : 'its writer gave an unexpected answer.',
    );
  }

  private constructor(file: string, thread: URL) {
    this.lost = new Promise((resolve) => (this.lose = resolve));
    this.worker = new Worker(thread, { name: 'poolkeeper-writer', workerData: file });
    this.worker.on('message', (response: WriterResponse) => this.take(response));
    this.worker.on('error', (error: Error) => this.fail(error.message));
    this.exited = new Promise((resolve) => {
      this.worker.on('exit', (code) => {
        if (!this.closing) this.fail(`it exited with code ${code}.`);
        resolve();
      });
    });
  }

  async write(group: readonly PreparedAppend[], now: string): Promise<WrittenGroup> {
    const response = await this.ask({ group, now });
    if (response.kind === 'written') return response.written;
    throw new StoreUnavailableError(
      response.kind === 'failed'
        ? response.message
        : 'The writer of the event store gave an unexpected answer.',
    );
  }

  async probe(): Promise<void> {
    const response = await this.ask('probe');
    if (response.kind === 'failed') throw new StoreUnavailableError(response.message);
  }

  async close(): Promise<void> {
    this.worker.postMessage('close' satisfies WriterRequest);
    await this.end();
  }

  private async end(): Promise<void> {
    this.closing = true;
    this.worker.ref();
    await this.exited;
  }

  private ask(request: WriterRequest): Promise<WriterResponse> {
    if (this.fault !== null) return Promise.reject(this.fault);
    this.worker.postMessage(request);
    return this.response();
  }

  /** The thread keeps the process alive only while a response is awaited. */
  private response(): Promise<WriterResponse> {
    this.worker.ref();
    this.waiting = Promise.withResolvers();
    return this.waiting.promise;
  }

  private take(response: WriterResponse): void {
    this.worker.unref();
    this.waiting?.resolve(response);
    this.waiting = null;
  }

  private fail(reason: string): void {
    this.fault ??= new StoreUnavailableError(`The writer of the event store has ended: ${reason}`);
    this.waiting?.reject(this.fault);
    this.waiting = null;
    this.lose(this.fault);
  }
}
