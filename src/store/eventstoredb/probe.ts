import { addAbortSignal } from 'node:stream';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectEncrypted } from 'node:tls';
import type { Certificates } from './certificates.js';
import type { ConnectionSettings, Endpoint } from './connection-string.js';

interface Problem {
  readonly code: string;
  readonly message: string;
}

/** Milliseconds to wait for a node's first message. */
const PATIENCE = 1_000;

/**
 * Why the nodes cannot be reached, in a readable form: the client itself only says that it found no node.
 * Null if they can be reached.
 * @param signal nobody wants to know any more: the connections are closed, and null is returned
 */
export async function whyUnreachable(
  settings: ConnectionSettings,
  certificates: Certificates,
  signal: AbortSignal,
): Promise<string | null> {
  const { keys } = settings;
  for (const endpoint of settings.endpoints) {
    const problem = await problemOf(dial(endpoint, keys.tls, certificates, signal));
    if (signal.aborted) return null;
    if (problem === null) continue;
    const isTlsMissing = !keys.tls && (await speaksTls(endpoint, signal));
    return `${endpoint.address}:${endpoint.port}: ${isTlsMissing ? TLS_IS_MISSING : inWords(problem)}`;
  }
  return null;
}

const TLS_IS_MISSING = 'the server takes encrypted connections only; leave out tls=false';

/** OpenSSL's advice is for other programs. */
function inWords({ code, message }: Problem): string {
  if (NOT_TLS.has(code)) return 'the server answers without encryption; tls=false is for such a server';
  if (!/certificate|self.signed/i.test(message)) return message;
  const [what = message] = message.split(';');
  return /altname/i.test(message)
    ? what
    : `${what}; tlsCAFile names the certificate of the authority that issued the server's`;
}

/** Errors of a server that answers a greeting of TLS with something else. */
const NOT_TLS: ReadonlySet<string> = new Set([
  'EPROTO',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
]);

/** A certificate that is not trusted shows it as well: nothing is sent to the server. */
async function speaksTls(endpoint: Endpoint, signal: AbortSignal): Promise<boolean> {
  const socket = dial(endpoint, true, {}, signal);
  return await new Promise((resolve) => {
    const done = (speaks: boolean): void => {
      resolve(speaks);
      socket.destroy();
    };
    socket.setTimeout(PATIENCE, () => done(false));
    socket.once('secureConnect', () => done(true));
    socket.once('error', ({ message }) => done(/certificate|self.signed/i.test(message)));
    socket.once('close', () => done(false));
  });
}

function dial(endpoint: Endpoint, tls: boolean, certificates: Certificates, signal: AbortSignal): Socket {
  const socket = tls ? dialEncrypted(endpoint, certificates) : connectPlain(endpoint.port, endpoint.address);
  return addAbortSignal(signal, socket);
}

function dialEncrypted({ address, port }: Endpoint, { authorities, user }: Certificates): Socket {
  return connectEncrypted({
    host: address,
    port,
    ...(isIP(address) === 0 ? { servername: address } : {}),
    ALPNProtocols: ['h2'],
    ...(authorities === undefined ? {} : { ca: authorities }),
    ...(user === undefined ? {} : { cert: user.certificate, key: user.key }),
  });
}

/** An HTTP/2 server sends the first message; one that rejects the certificate closes the connection instead. */
function problemOf(socket: Socket): Promise<Problem | null> {
  return new Promise((resolve) => {
    const done = (message: string | null, code = ''): void => {
      resolve(message === null ? null : { code, message });
      socket.destroy();
    };
    socket.setTimeout(PATIENCE, () => done('no answer'));
    socket.once('data', () => done(null));
    socket.once('error', ({ message, name, code }: NodeJS.ErrnoException) =>
      done(message === '' ? name : message, code),
    );
    socket.once('close', () => done('the connection was closed'));
  });
}
