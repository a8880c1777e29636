import { connect } from 'node:net';

export interface LoadRequest {
  readonly path: string;
  /** In ASCII. */
  readonly body: string;
  /** The API key; null for none. */
  readonly key: string | null;
}

/**
 * Sends requests over a number of connections, each with one request in flight, and answers requests per second.
 * Speaks HTTP/1.1 by hand, so that the client costs as little as possible on the machine it shares with the server.
 */
export async function load(
  port: number,
  connections: number,
  count: number,
  request: (n: number) => LoadRequest,
): Promise<number> {
  let next = 0;
  const client = async (): Promise<void> => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await new Promise<void>((resolve, reject) => {
      let pending = '';
      const send = (): void => {
        if (next >= count) {
          socket.end();
          resolve();
          return;
        }
        const { path, body, key } = request(next++);
        const authorization = key === null ? '' : `authorization: Bearer ${key}\r\n`;
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: localhost\r\n${authorization}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        );
      };
      socket.setEncoding('latin1');
      socket.on('error', reject);
      socket.on('connect', send);
      socket.on('data', (chunk: string) => {
        pending += chunk;
        const head = pending.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(pending)?.[1]);
        if (pending.length < head + 4 + length) return;
        if (!pending.startsWith('HTTP/1.1 200')) reject(new Error(pending.slice(0, 500)));
        pending = '';
        send();
      });
    });
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, client));
  return (count / (performance.now() - start)) * 1_000;
}
