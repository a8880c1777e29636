import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerDuplexStream, ServerReadableStream, ServerUnaryCall } from '@grpc/grpc-js';
import { AppendService } from './append-service.js';
import { Faults } from './faults.js';
import { ReadService, type ReadCall } from './read-service.js';
import { ServerLog } from './server-log.js';
import { nameOf, pb, ServerFeaturesService, StreamsService } from './wire.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  Empty,
  SupportedMethods,
  TombstoneReq,
  TombstoneResp,
} from './wire.js';

/** EventStoreDB as far as the adapter uses it, inside the test process, made from the client's own stubs. */
export class InProcessServer {
  readonly log = new ServerLog();
  readonly faults = new Faults();
  private readonly appends = new AppendService(this.log, this.faults);
  private readonly reads = new ReadService(this.log, this.faults);
  private grpc: Server | null = null;
  private port = 0;

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Reads and subscriptions that clients have not ended. */
  get openReads(): number {
    return this.reads.open.size;
  }

  /** Listens, again on the same port. */
  async start(): Promise<void> {
    const grpc = new Server({ 'grpc.max_receive_message_length': -1 });
    grpc.addService(StreamsService, {
      append: (call: ServerReadableStream<AppendReq, AppendResp>, reply: sendUnaryData<AppendResp>) =>
        void this.appends.append(call, reply),
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) =>
        this.appends.batchAppend(call),
      read: (call: ReadCall) => void this.reads.read(call),
      tombstone: (
        { request }: ServerUnaryCall<TombstoneReq, TombstoneResp>,
        reply: sendUnaryData<TombstoneResp>,
      ) => {
        this.log.tombstone(nameOf(request.getOptions()?.getStreamIdentifier()));
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
    this.reads.open.clear();
  }

  /** Ends every read and subscription as if it were over: no error reaches the client. */
  endReads(): void {
    for (const call of this.reads.open) call.end();
  }
}

function supportedMethods(): SupportedMethods {
  const method = new pb.SupportedMethod()
    .setServiceName('event_store.client.streams.streams')
    .setMethodName('batchappend');
  return new pb.SupportedMethods().setEventStoreServerVersion('24.10.0').setMethodsList([method]);
}
