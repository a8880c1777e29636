/** Bytes that are no HTTP, half of it, or more than one request. */
import type { Random } from '../random.js';

const json = 'Host: localhost\r\nContent-Type: application/json\r\n';
const chunked = `${json}Transfer-Encoding: chunked\r\n`;

/** After the first line of a command without a body that it would take. */
const bodies: readonly string[] = [
  `${json}Content-Length: 50\r\n\r\n{`,
  `${json}Content-Length: -1\r\n\r\n{}`,
  `${json}Content-Length: 2, 2\r\n\r\n{}`,
  `${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  `${json}Content-Length: 0x2\r\n\r\n{}`,
  `${json}Content-Length: 99999999999999999999\r\n\r\n{}`,
  `${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  `${json}Transfer-Encoding: identity\r\n\r\n{}`,
  `${json}Transfer-Encoding: gzip\r\n\r\n{}`,
  `${json}Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
  `${json}Transfer-Encoding : chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
  `${chunked}\r\nzz\r\n{}\r\n0\r\n\r\n`,
  `${chunked}\r\n-2\r\n{}\r\n0\r\n\r\n`,
  `${chunked}\r\nffffffffffffffffff\r\n{}`,
  `${chunked}\r\n2\r\n{}x\r\n0\r\n\r\n`,
  `${chunked}\r\n2;${'e'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
  `${chunked}\r\n2\r\n{}\r\n0\r\nContent-Length: 1\r\nHost: evil\r\n\r\n`,
  `${chunked}\r\n2\n{}\n0\n\n`,
  `${chunked}\r\n2\r\n{`,
  `Host: localhost\nContent-Length: 2\n\n{}`,
  `Host: a\r\nHost: b\r\n\r\n`,
  '\r\n',
  `X: ${'x'.repeat(100_000)}`,
  'X: \0\r\n\r\n',
  'X: a\r\n b\r\n\tc\r\n\r\n',
];

const firstLines = (path: string): readonly string[] => [
  `GET ${path}\r\n`,
  `GET ${path} HTTP/0.9\r\n\r\n`,
  `GET ${path} HTTP/3.0\r\nHost: localhost\r\n\r\n`,
  `GET ${path} HTTP/1.1`,
  `GET  ${path}  HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `get ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `TRACE ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  `CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  `GET http://evil.example${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  `GET \\${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  `GET ${path}\0 HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET ${path} HTTP/1.1 HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `BREW ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`,
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n`,
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  '\r\n\r\n\r\n',
  '\0'.repeat(1_000),
];

/** Twenty requests in one piece, of which one in the middle is none. */
function pipelined(random: Random): string {
  const fine = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const before = random.below(20);
  return fine.repeat(before) + random.pick(firstLines('/v1/pools')) + fine.repeat(19 - before);
}

/** The client says nothing after these bytes. */
export function malformedWire(method: string, path: string, random: Random): Buffer {
  switch (random.below(4)) {
    case 0:
      return Buffer.from(random.pick(firstLines(path)), 'latin1');
    case 1:
      return Buffer.from(pipelined(random), 'latin1');
    case 2: {
      // Some bytes of a request are others.
      const bytes = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n`, 'latin1');
      for (let count = 1 + random.below(4); count > 0; count -= 1)
        bytes[random.below(bytes.length)] = random.below(256);
      return bytes;
    }
    default:
      return Buffer.from(
        `${method} ${path} HTTP/1.1\r\nConnection: close\r\n${random.pick(bodies)}`,
        'latin1',
      );
  }
}
