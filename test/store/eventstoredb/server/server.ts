import { once } from 'node:events';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type {
  sendUnaryData,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
} from '@grpc/grpc-js';
import {
  appendAnswer,
  appendTooLarge,
  batchAnswer,
  batchExpectedOf,
  expectedOf,
  MAX_APPEND_BYTES,
  proposed,
  sizeOf,
  streamDeleted,
} from './appending.js';
import { Faults } from './faults.js';
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
import { ServerLog, type ProposedRecord } from './server-log.js';
import { nameOf, pb, ServerFeaturesService, StreamsService } from './wire.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  Empty,
  ReadReq,
  ReadResp,
  SupportedMethods,
  TombstoneReq,
  TombstoneResp,
} from './wire.js';

type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** EventStoreDB as far as the adapter uses it, inside the test process, made from the client's own stubs. */
export class InProcessServer {
  readonly log = new ServerLog();
  readonly faults = new Faults();
  /** Reads and subscriptions that clients have not ended. */
  readonly openReads = new Set<ReadCall>();
  /** Appends that were received, whatever became of them. */
  appends = 0;
  private grpc: Server | null = null;
  private port = 0;

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Listens, again on the same port. */
  async start(): Promise<void> {
    const grpc = new Server({ 'grpc.max_receive_message_length': -1 });
    grpc.addService(StreamsService, {
      append: (call: ServerReadableStream<AppendReq, AppendResp>, reply: sendUnaryData<AppendResp>) =>
        void this.append(call, reply),
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => this.batchAppend(call),
      read: (call: ReadCall) => void this.read(call),
      tombstone: (
        call: ServerUnaryCall<TombstoneReq, TombstoneResp>,
        reply: sendUnaryData<TombstoneResp>,
      ) => {
        this.log.tombstone(nameOf(call.request.getOptions()?.getStreamIdentifier()));
        reply(null, new pb.TombstoneResp());
      },
      delete: (_call: unknown, reply: sendUnaryData<never>) => reply({ code: status.UNIMPLEMENTED }),
    });
    grpc.addService(ServerFeaturesService, {
      getSupportedMethods: (
        _call: ServerUnaryCall<Empty, SupportedMethods>,
        reply: sendUnaryData<SupportedMethods>,
      ) =>
        this.faults.featuresImplemented
          ? reply(null, supportedMethods())
          : reply({ code: status.UNIMPLEMENTED, details: 'unimplemented' }),
    });
    this.port = await new Promise<number>((resolve, reject) => {
      grpc.bindAsync(`127.0.0.1:${this.port}`, ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(port) : reject(error),
      );
    });
    this.grpc = grpc;
  }

  /** Cuts every connection; the log stays. */
  stop(): void {
    this.grpc?.forceShutdown();
    this.grpc = null;
    this.openReads.clear();
  }

  /** Ends every read and subscription as if it were over. */
  endReads(): void {
    for (const call of this.openReads) call.end();
  }

  private async append(
    call: ServerReadableStream<AppendReq, AppendResp>,
    reply: sendUnaryData<AppendResp>,
  ): Promise<void> {
    this.appends += 1;
    this.faults.appended.push('classic');
    const failure = this.faults.takeFailure();
    if (failure !== null) return reply({ code: failure, details: 'ordered by the test' });
    let options: AppendReq.Options | undefined;
    const events: ProposedRecord[] = [];
    call.on('data', (message: AppendReq) => {
      options ??= message.getOptions();
      const event = message.getProposedMessage();
      if (event !== undefined) events.push(proposed(event));
    });
    call.on('error', () => undefined);
    await once(call, 'end');
    if (this.faults.hanging.has('append') || options === undefined) return;
    if (sizeOf(events) > MAX_APPEND_BYTES) return reply(appendTooLarge());
    const stream = nameOf(options.getStreamIdentifier());
    const expected = expectedOf(options);
    const result = this.log.append(stream, events, expected);
    if (this.faults.lostAnswers > 0) {
      this.faults.lostAnswers -= 1;
      return reply({ code: status.UNAVAILABLE, details: 'the answer was lost' });
    }
    const answer = (): void =>
      result.kind === 'deleted' ? reply(streamDeleted(stream)) : reply(null, appendAnswer(result, expected));
    if (this.faults.appendDelay > 0) setTimeout(answer, this.faults.appendDelay);
    else answer();
  }

  private batchAppend(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
    const parts: BatchAppendReq[] = [];
    call.on('error', () => undefined);
    call.on('end', () => call.end());
    call.on('data', (part: BatchAppendReq) => {
      parts.push(part);
      if (!part.getIsFinal()) return;
      const [first] = parts;
      const events = parts.splice(0).flatMap((one) => one.getProposedMessagesList().map(proposed));
      const options = first?.getOptions();
      this.appends += 1;
      this.faults.appended.push('batch');
      if (this.faults.hanging.has('append') || first === undefined || options === undefined) return;
      const stream = nameOf(options.getStreamIdentifier());
      const answer = batchAnswer(first, this.log.append(stream, events, batchExpectedOf(options)));
      setTimeout(() => call.write(answer), this.faults.appendDelay);
    });
  }

  private async read(call: ReadCall): Promise<void> {
    const options = call.request.getOptions();
    if (options === undefined) return void call.end();
    this.openReads.add(call);
    call.on('cancelled', () => this.openReads.delete(call));
    call.on('error', () => this.openReads.delete(call));
    const operation = options.hasSubscription() ? 'subscribe' : 'read';
    const failure = this.faults.takeFailure();
    if (failure !== null) return void call.emit('error', { code: failure, details: 'ordered by the test' });
    if (this.faults.hanging.has(operation)) return;
    if (options.hasSubscription()) return await this.subscribe(call, options);
    await this.answerRead(call, options);
    this.openReads.delete(call);
    call.end();
  }

  private async answerRead(call: ReadCall, options: ReadReq.Options): Promise<void> {
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

  /** A catch-up subscription to `$all`: history, the word that it has caught up, and what is appended. */
  private async subscribe(call: ReadCall, options: ReadReq.Options): Promise<void> {
    const { passes, window } = filterOf(options);
    let after = startOf(options, this.log.records.at(-1)?.position ?? -1n);
    let news = (): void => undefined;
    const unwatch = this.log.watch(() => news());
    call.on('cancelled', () => news());
    call.on('close', () => news());
    await write(call, confirmationAnswer());
    let caughtUp = false;
    let scanned = 0;
    while (!call.cancelled && this.openReads.has(call) && !call.writableEnded) {
      const record = this.log.records.find(({ position }) => position > after);
      if (record === undefined) {
        if (!caughtUp) await write(call, caughtUpAnswer());
        caughtUp = true;
        const more = this.log.records.at(-1)?.position ?? -1n;
        if (more <= after) await new Promise<void>((resolve) => (news = resolve));
        continue;
      }
      after = record.position;
      scanned += 1;
      if (passes(record)) await write(call, eventAnswer(record));
      if (scanned % window === 0) await write(call, checkpointAnswer(after));
    }
    unwatch();
  }
}

/** Writes with respect for the client's pace. */
async function write(call: ReadCall, answer: ReadResp): Promise<void> {
  if (call.cancelled || call.writableEnded || call.write(answer)) return;
  const waiting = new AbortController();
  const { signal } = waiting;
  const either = ['drain', 'cancelled'].map((name) => once(call, name, { signal }));
  await Promise.race(either.map((one) => one.catch(() => undefined)));
  waiting.abort();
}

function supportedMethods(): SupportedMethods {
  const method = new pb.SupportedMethod()
    .setServiceName('event_store.client.streams.streams')
    .setMethodName('batchappend');
  return new pb.SupportedMethods().setEventStoreServerVersion('24.10.0').setMethodsList([method]);
}
