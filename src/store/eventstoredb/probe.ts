import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectEncrypted } from 'node:tls';
import type { Certificates } from './certificates.js';
import type { ConnectionSettings, Endpoint } from './connection-string.js';

/** Milliseconds to wait for a node's first message. */
const PATIENCE = 1_000;

/**
 * Why the nodes cannot be reached, in a readable form: the client itself only says that it found no node.
 * Null if they can be reached.
 */
export async function whyUnreachable(
  settings: ConnectionSettings,
  certificates: Certificates,
): Promise<string | null> {
  for (const endpoint of settings.endpoints) {
    const problem = await problemOf(dial(endpoint, settings, certificates));
    if (problem !== null) return `${endpoint.address}:${endpoint.port}: ${problem}`;
  }
  return null;
}

function dial({ address, port }: Endpoint, { keys }: ConnectionSettings, certificates: Certificates): Socket {
  if (!keys.tls) return connectPlain(port, address);
  const { authorities, user } = certificates;
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
function problemOf(socket: Socket): Promise<string | null> {
  return new Promise((resolve) => {
    const done = (problem: string | null): void => {
      resolve(problem);
      socket.destroy();
    };
    socket.setTimeout(PATIENCE, () => done('no answer'));
    socket.once('data', () => done(null));
    socket.once('error', ({ message, name }) => done(message === '' ? name : message));
    socket.once('close', () => done('the connection was closed'));
  });
}
