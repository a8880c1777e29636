import { EventStoreDBClient, type ChannelCredentialOptions } from '@eventstore/db-client';
import type { Certificates } from './certificates.js';
import type { ConnectionSettings } from './connection-string.js';
import { whyUnreachable } from './probe.js';

/**
 * The client, which says of every server that it supports no batches: so an append is a call of its own
 * (docs/decisions/eventstoredb.md). Passing credentials with each append would do the same, but with them a user of the
 * server would be needed where a certificate is the login.
 */
class ClassicClient extends EventStoreDBClient {
  protected override readonly supports = (): Promise<boolean> => Promise.resolve(false);

  /** Adds the reason to the client's word that it has not found a node. */
  explaining(why: () => Promise<string | null>): this {
    const resolveUri = this.resolveUri;
    this.resolveUri = async () => {
      try {
        return await resolveUri();
      } catch (error) {
        const reason = (await why()) ?? 'the nodes that answer name no other that is fit';
        throw new Error(`${(error as Error).message.replace(/\.$/, '')}: ${reason}`, { cause: error });
      }
    };
    return this;
  }
}

/** The client's own way from a connection string writes it into its errors and its debug log: it is not taken. */
export function createClient(settings: ConnectionSettings, certificates: Certificates): EventStoreDBClient {
  const { authorities, user: login } = certificates;
  const security = {
    insecure: !settings.keys.tls,
    ...(authorities === undefined ? {} : { rootCertificate: authorities }),
    ...(login === undefined ? {} : { userCertFile: login.certificate, userKeyFile: login.key }),
  };
  return clientOf(settings, security).explaining(() => whyUnreachable(settings, certificates));
}

function clientOf(settings: ConnectionSettings, security: ChannelCredentialOptions): ClassicClient {
  // Of the keys it takes those that it knows.
  const { cluster, endpoints, keys } = settings;
  const user = settings.user ?? undefined;
  const [first = { address: '', port: 0 }] = endpoints;
  if (!cluster) return new ClassicClient({ ...keys, endpoint: first }, security, user);
  return endpoints.length === 1
    ? new ClassicClient({ ...keys, discover: first }, security, user)
    : new ClassicClient({ ...keys, endpoints: [...endpoints] }, security, user);
}
