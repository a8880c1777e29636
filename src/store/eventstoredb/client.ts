import { EventStoreDBClient, type ChannelCredentialOptions } from '@eventstore/db-client';
import type { Certificates } from './certificates.js';
import type { ConnectionSettings } from './connection-string.js';
import { whyUnreachable } from './probe.js';

/**
 * A client that treats every server as one without batch appends, so that each append is a separate call
 * (docs/decisions/eventstoredb.md). Passing credentials with each append would have the same effect, but would require a
 * user where the login is a certificate.
 */
class ClassicClient extends EventStoreDBClient {
  protected override readonly supports = (): Promise<boolean> => Promise.resolve(false);

  /** Adds the reason to the client's error that it found no node. */
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

/**
 * Not made from the connection string: the client would write it into its errors and its debug log.
 * @param signal aborted when nobody wants to know any more why the nodes are not reached
 */
export function createClient(
  settings: ConnectionSettings,
  certificates: Certificates,
  signal: AbortSignal,
): EventStoreDBClient {
  const { authorities, user: login } = certificates;
  const security = {
    insecure: !settings.keys.tls,
    ...(authorities === undefined ? {} : { rootCertificate: authorities }),
    ...(login === undefined ? {} : { userCertFile: login.certificate, userKeyFile: login.key }),
  };
  return clientOf(settings, security).explaining(() => whyUnreachable(settings, certificates, signal));
}

function clientOf(settings: ConnectionSettings, security: ChannelCredentialOptions): ClassicClient {
  // The client ignores keys that it does not know.
  const { cluster, endpoints, keys } = settings;
  const user = settings.user ?? undefined;
  const [first = { address: '', port: 0 }] = endpoints;
  if (!cluster) return new ClassicClient({ ...keys, endpoint: first }, security, user);
  return endpoints.length === 1
    ? new ClassicClient({ ...keys, discover: first }, security, user)
    : new ClassicClient({ ...keys, endpoints: [...endpoints] }, security, user);
}
