/** Malformed requests, as bytes: the same number always gives the same one. */
import { mutatedXml, mutatedZip } from '../../../rgs-export/support/mutations.js';
import { Random } from '../random.js';
import { malformedBody } from './bodies.js';
import type { Operation } from './operations.js';
import { headers, queries, segments } from './parts.js';
import { malformedWire } from './wire.js';

export interface MalformedRequest {
  readonly kind: 'body' | 'header' | 'path' | 'wire' | 'zip';
  readonly bytes: Buffer;
  /** Whether the client then ends its side: the service may wait for more. */
  readonly ends: boolean;
}

function bytesOf({ method, path, type }: Operation, body: Buffer | null, header = ''): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, 'Connection: close'];
  // One that the attacker chose stands alone.
  if (!/^host:/i.test(header)) lines.push('Host: localhost');
  if (type !== null && !/^content-type:/i.test(header)) lines.push(`Content-Type: ${type}`);
  if (body !== null) lines.push(`Content-Length: ${body.length}`);
  if (header !== '') lines.push(header);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body ?? Buffer.alloc(0)]);
}

/** The path has another part, or another query. */
function strayed(operation: Operation, random: Random): string {
  const parts = operation.path.split('/');
  if (random.below(2) === 0) return `${operation.path}?${random.pick(queries)}&${random.pick(queries)}`;
  parts[1 + random.below(parts.length - 1)] = random.pick(segments);
  return parts.join('/');
}

export function malformedRequest(operations: readonly Operation[], seed: number): MalformedRequest {
  const random = new Random(seed);
  const operation = random.pick(operations);
  const withBody = operations.filter(({ type }) => type === 'application/json');
  const bodyOf = ({ type, example }: Operation): Buffer | null =>
    type === null ? null : Buffer.from(JSON.stringify(example));
  const lot = random.below(100);
  if (lot < 45) {
    const asked = random.pick(withBody);
    return { kind: 'body', bytes: bytesOf(asked, malformedBody(asked.example, random)), ends: false };
  }
  if (lot < 60) {
    // The header is what is wrong: a command that it does not spoil is taken.
    return {
      kind: 'header',
      bytes: bytesOf(operation, bodyOf(operation), random.pick(headers)),
      ends: false,
    };
  }
  if (lot < 75) {
    const path = strayed(operation, random);
    return { kind: 'path', bytes: bytesOf({ ...operation, path }, bodyOf(operation)), ends: false };
  }
  if (lot < 90)
    return { kind: 'wire', bytes: malformedWire(operation.method, operation.path, random), ends: true };
  const zips = [mutatedZip, mutatedXml, () => Buffer.alloc(random.below(3_000), 'PK\x03\x04')];
  const path = random.below(4) === 0 ? `/${random.pick(segments)}.zip` : '/a.zip';
  const put = { method: 'PUT', path: `/v1/pools/pool-a.contoso.com/exports${path}`, type: 'application/zip' };
  return { kind: 'zip', bytes: bytesOf({ ...put, example: {} }, random.pick(zips)(seed)), ends: false };
}
