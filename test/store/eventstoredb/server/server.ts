import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerDuplexStream, ServerReadableStream, ServerUnaryCall } from '@grpc/grpc-js';
import { AppendService } from './append-service.js';
import type { Identity } from './authority.js';
import { Faults } from './faults.js';
import { Gate } from './gate.js';
import { clusterInfo } from './gossip.js';
import { ReadService, type ReadCall } from './read-service.js';
import { ServerLog } from './server-log.js';
import { GossipService, nameOf, pb, ServerFeaturesService, StreamsService } from './wire.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  ClusterInfo,
  Empty,
  SupportedMethods,
  TombstoneReq,
  TombstoneResp,
} from './wire.js';

/** Encryption and login of a server; without them it is open to every process on this machine. */
export interface Encryption {
  readonly identity: Identity;
  /** Authority of the certificates that clients must have; null if they need none. */
  readonly clientAuthority: string | null;
}

/** The parts of EventStoreDB that the adapter uses, in the test process, made from the client's own stubs. */
export class InProcessServer {
  readonly faults = new Faults();
  readonly gate = new Gate();
  /** The nodes of its cluster, as it reports them. */
  members: readonly InProcessServer[] = [this];
  private readonly appends: AppendService;
  private readonly reads: ReadService;
  private grpc: Server | null = null;
  port = 0;

  /** @param log shared by all nodes of a cluster */
  constructor(
    readonly log = new ServerLog(),
    private readonly encryption: Encryption | null = null,
  ) {
    this.appends = new AppendService(this.log, this.faults);
    this.reads = new ReadService(this.log, this.faults);
  }

  get running(): boolean {
    return this.grpc !== null;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Reads and subscriptions that clients have not yet ended. */
  get openReads(): number {
    return this.reads.open.size;
  }

  /** Listens; after a stop, on the same port again. */
  async start(): Promise<void> {
    const grpc = new Server({
      'grpc.max_receive_message_length': -1,
      interceptors: [this.gate.interceptor],
    });
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
    grpc.addService(GossipService, {
      read: (_call: ServerUnaryCall<Empty, ClusterInfo>, reply: sendUnaryData<ClusterInfo>) =>
        reply(null, clusterInfo(this.members)),
    });
    this.port = await new Promise<number>((resolve, reject) => {
      grpc.bindAsync(`127.0.0.1:${this.port}`, credentialsOf(this.encryption), (error, port) =>
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

  /** Ends every read and subscription normally, without an error to the client. */
  endReads(): void {
    for (const call of this.reads.open) call.end();
  }
}

function credentialsOf(encryption: Encryption | null): ServerCredentials {
  if (encryption === null) return ServerCredentials.createInsecure();
  const { identity, clientAuthority } = encryption;
  return ServerCredentials.createSsl(
    clientAuthority === null ? null : Buffer.from(clientAuthority),
    [{ private_key: Buffer.from(identity.key), cert_chain: Buffer.from(identity.certificate) }],
    clientAuthority !== null,
  );
}

function supportedMethods(): SupportedMethods {
  const method = new pb.SupportedMethod()
    .setServiceName('event_store.client.streams.streams')
    .setMethodName('batchappend');
  return new pb.SupportedMethods().setEventStoreServerVersion('24.10.0').setMethodsList([method]);
}
