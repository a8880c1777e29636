import { ServerInterceptingCall, status, type Metadata, type ServerInterceptor } from '@grpc/grpc-js';
import { exception } from './appending.js';
import { nameIn } from './authority.js';
import type { InProcessServer } from './server.js';

/** The login that a server requires: a user with a password, or a certificate. */
export type Login =
  | { readonly by: 'password'; readonly username: string; readonly password: string }
  | { readonly by: 'certificate'; readonly name: string };

/** Checks each call before it is served: its login, and whether this node may answer. */
export class Gate {
  login: Login | null = null;
  /** The node to which calls that require the leader are redirected; null on the leader itself. */
  leader: InProcessServer | null = null;
  /** How many calls were redirected to the leader. */
  redirected = 0;

  readonly interceptor: ServerInterceptor = (method, call) => {
    const certificate = call.getAuthContext().sslPeerCertificate?.raw;
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => {
            const refusal = method.path.includes('.gossip.') ? null : this.refusal(metadata, certificate);
            if (refusal === null) proceed(metadata);
            else call.sendStatus({ code: status.UNKNOWN, details: '', ...refusal });
          },
        }),
    });
  };

  private refusal(
    metadata: Metadata,
    certificate: Uint8Array | undefined,
  ): ReturnType<typeof exception> | null {
    if (!this.admits(String(metadata.get('authorization')[0] ?? ''), certificate)) {
      return exception(status.PERMISSION_DENIED, 'access-denied', {});
    }
    if (this.leader === null || metadata.get('requires-leader')[0] !== 'true') return null;
    this.redirected += 1;
    return exception(status.NOT_FOUND, 'not-leader', {
      'leader-endpoint-host': '127.0.0.1',
      'leader-endpoint-port': String(this.leader.port),
    });
  }

  private admits(authorization: string, certificate: Uint8Array | undefined): boolean {
    if (this.login === null) return true;
    if (this.login.by === 'certificate')
      return authorization === '' && certificate !== undefined && nameIn(certificate) === this.login.name;
    const { username, password } = this.login;
    return authorization === `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }
}
