import { once } from 'node:events';
import {
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
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
import type { Faults } from './faults.js';
import type { ProposedRecord, ServerLog } from './server-log.js';
import {
  nameOf,
  type AppendReq,
  type AppendResp,
  type BatchAppendReq,
  type BatchAppendResp,
} from './wire.js';

/** Both ways to append: a call for each append, or a message for each on one shared call. */
export class AppendService {
  constructor(
    private readonly log: ServerLog,
    private readonly faults: Faults,
  ) {}

  async append(
    call: ServerReadableStream<AppendReq, AppendResp>,
    reply: sendUnaryData<AppendResp>,
  ): Promise<void> {
    this.faults.appended.push('classic');
    const failure = this.faults.takeFailure();
    if (failure !== null) {
      reply({ code: failure, details: 'ordered by the test' });
      return;
    }
    if (this.faults.takeCut('before')) return;
    let options: AppendReq.Options | undefined;
    const events: ProposedRecord[] = [];
    call.on('data', (message: AppendReq) => {
      this.faults.takeCut('during');
      options ??= message.getOptions();
      const event = message.getProposedMessage();
      if (event !== undefined) events.push(proposed(event));
    });
    call.on('error', () => undefined);
    await once(call, 'end');
    // A client that cancelled has sent only a part.
    if (call.cancelled) return;
    if (this.faults.hanging.has('append') || options === undefined) return;
    if (sizeOf(events) > MAX_APPEND_BYTES) reply(appendTooLarge());
    else this.write(options, events, reply);
  }

  private write(
    options: AppendReq.Options,
    events: readonly ProposedRecord[],
    reply: sendUnaryData<AppendResp>,
  ): void {
    const stream = nameOf(options.getStreamIdentifier());
    const expected = expectedOf(options);
    const result = this.log.append(stream, events, expected);
    if (this.faults.takeCut('after')) return;
    if (this.faults.lostAnswers > 0) {
      this.faults.lostAnswers -= 1;
      reply({ code: status.UNAVAILABLE, details: 'the answer was lost' });
      return;
    }
    const answer = (): void =>
      result.kind === 'deleted' ? reply(streamDeleted(stream)) : reply(null, appendAnswer(result, expected));
    const { appendDelay } = this.faults;
    if (appendDelay > 0) setTimeout(answer, appendDelay);
    else answer();
  }

  batchAppend(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
    const parts: BatchAppendReq[] = [];
    call.on('error', () => undefined);
    call.on('end', () => call.end());
    call.on('data', (part: BatchAppendReq) => {
      parts.push(part);
      if (!part.getIsFinal()) return;
      this.faults.appended.push('batch');
      const [first] = parts;
      const events = parts.splice(0).flatMap((one) => one.getProposedMessagesList().map(proposed));
      const options = first?.getOptions();
      if (this.faults.hanging.has('append') || first === undefined || options === undefined) return;
      const stream = nameOf(options.getStreamIdentifier());
      const answer = batchAnswer(first, this.log.append(stream, events, batchExpectedOf(options)));
      setTimeout(() => call.write(answer), this.faults.appendDelay);
    });
  }
}
