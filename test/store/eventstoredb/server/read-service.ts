import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { streamDeleted } from './appending.js';
import type { Faults } from './faults.js';
import {
  caughtUpAnswer,
  checkpointAnswer,
  confirmationAnswer,
  eventAnswer,
  filterOf,
  notFoundAnswer,
  selected,
  startOf,
} from './reading.js';
import type { ServerLog } from './server-log.js';
import { nameOf, type ReadReq, type ReadResp } from './wire.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Reads of a stream and of `$all`, and catch-up subscriptions to `$all`, which are reads without an end. */
export class ReadService {
  /** Reads and subscriptions that have not ended on either side. */
  readonly open = new Set<ReadCall>();

  constructor(
    private readonly log: ServerLog,
    private readonly faults: Faults,
  ) {}

  async read(call: ReadCall): Promise<void> {
    const options = call.request.getOptions();
    if (options === undefined) return void call.end();
    this.open.add(call);
    for (const end of ['cancelled', 'error', 'close']) call.on(end, () => this.open.delete(call));
    const failure = this.faults.takeFailure();
    if (failure !== null) return void call.emit('error', { code: failure, details: 'ordered by the test' });
    if (this.faults.hanging.has(options.hasSubscription() ? 'subscribe' : 'read')) return;
    if (options.hasSubscription()) {
      await this.subscribe(call, options);
      return;
    }
    this.faults.reads += 1;
    await this.answer(call, options);
    this.open.delete(call);
    call.end();
  }

  private async answer(call: ReadCall, options: ReadReq.Options): Promise<void> {
    const stream = nameOf(options.getStream()?.getStreamIdentifier());
    if (options.hasStream() && this.log.isDeleted(stream)) {
      call.emit('error', streamDeleted(stream));
      return;
    }
    const records = options.hasStream() ? this.log.stream(stream) : this.log.records;
    if (options.hasStream() && records.length === 0) {
      call.write(notFoundAnswer(options));
      return;
    }
    for (const record of selected(records, options)) await write(call, eventAnswer(record));
  }

  /** Sends past events, then `caughtUp`, then events as they are appended. */
  private async subscribe(call: ReadCall, options: ReadReq.Options): Promise<void> {
    const { passes, window } = filterOf(options);
    let after = startOf(options, this.log.records.at(-1)?.position ?? -1n);
    this.faults.subscribedAfter.push(after);
    let news = (): void => undefined;
    const unwatch = this.log.watch(() => news());
    for (const end of ['cancelled', 'close']) call.on(end, () => news());
    await write(call, confirmationAnswer());
    let caughtUp = false;
    let scanned = 0;
    while (this.open.has(call) && !call.writableEnded) {
      const record = this.log.records[this.log.countUpTo(after)];
      if (record === undefined) {
        if (!caughtUp) await write(call, caughtUpAnswer());
        caughtUp = true;
        const isAtEnd = (this.log.records.at(-1)?.position ?? -1n) <= after;
        if (isAtEnd) await new Promise<void>((resolve) => (news = resolve));
        continue;
      }
      after = record.position;
      scanned += 1;
      if (passes(record)) await write(call, eventAnswer(record));
      if (scanned % window !== 0) continue;
      if (this.faults.scanDelay > 0) await pause(this.faults.scanDelay);
      await write(call, checkpointAnswer(after));
    }
    unwatch();
  }
}

/** Writes at the client's pace (back-pressure). */
async function write(call: ReadCall, answer: ReadResp): Promise<void> {
  if (call.cancelled || call.writableEnded || call.write(answer)) return;
  const waiting = new AbortController();
  const { signal } = waiting;
  const either = ['drain', 'cancelled'].map((name) => once(call, name, { signal }));
  await Promise.race(either.map((one) => one.catch(() => undefined)));
  waiting.abort();
}
