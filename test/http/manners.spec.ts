import { request as ask, type IncomingHttpHeaders } from 'node:http';
import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pagedOperations } from '../../src/api/http/page-links.js';
import { wantedCoding } from '../../src/api/http/codings.js';
import { registerPair } from './support/commands.js';
import { Service } from './support/service.js';

interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

const pool = '/v1/pools/pool-a.contoso.com';
let service: Service;
let url: URL;
beforeAll(async () => {
  service = await Service.start();
  await service.given(registerPair('pool-a.contoso.com', 'pool-b.contoso.com'));
  await service.caughtUp();
  url = await service.listen();
});
afterAll(() => service.stop());

const got = async (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Got> =>
  await new Promise((answered, failed) => {
    const asked = ask(new URL(path, url), { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const { statusCode: status = 0 } = response;
          answered({ status, headers: response.headers, bytes: Buffer.concat(chunks) });
        });
    });
    asked.on('error', failed);
    if (body === undefined) asked.end();
    else asked.end(bodyOf(body));
  });

/** A file where it is named with @, as curl does. */
const bodyOf = (body: string): string | Buffer => (body.startsWith('@') ? readFileSync(body.slice(1)) : body);

interface Documented {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name?: string }[];
}
const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  readonly paths: Record<string, Record<string, Documented>>;
};
const operations = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    method: method.toUpperCase(),
    path: path.replace('{fqdn}', 'pool-a.contoso.com').replaceAll(/\{\w+\}/g, 'x'),
    operation,
  })),
);
const addresses = Object.keys(Object.groupBy(operations, ({ path }) => path));
const reads = operations.filter(({ method }) => method === 'GET');

describe('every address', () => {
  test.each(addresses)('%s answers OPTIONS with what it takes, and other methods with 405', async (path) => {
    const options = await got('OPTIONS', path);
    const allowed = options.headers.allow?.split(', ') ?? [];
    expect({ status: options.status, allowed }).toEqual({ status: 204, allowed: [...allowed].sort() });
    const documented = operations.filter((each) => each.path === path).map(({ method }) => method);
    expect(allowed).toEqual(expect.arrayContaining([...documented, 'OPTIONS']));
    if (documented.includes('GET')) expect(allowed).toContain('HEAD');
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (allowed.includes(method)) continue;
      const json = { 'content-type': 'application/json', 'content-length': '7' };
      const refused = await got(method, path, json, '{"a":1}');
      expect({ method, status: refused.status, allow: refused.headers.allow }).toEqual({
        method,
        status: 405,
        allow: allowed.join(', '),
      });
      expect(JSON.parse(refused.bytes.toString())).toMatchObject({
        type: 'urn:poolkeeper:problem:method-not-allowed',
      });
    }
  });

  test('that there is not stays unknown, whatever the method', async () => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      expect(await got(method, '/v1/nothing')).toMatchObject({ status: 404 });
    }
    expect((await got('POST', '/v1/commands/dance')).status).toBe(404);
  });

  test.each(
    reads.filter(
      ({ operation }) => !['live', 'fleet-live', 'replay', 'seal-proof'].includes(operation.operationId),
    ),
  )(
    '$path answers HEAD as GET, says whether it may be kept, and is the same with a slash at its end',
    async ({ path }) => {
      const [whole, head, slash] = [
        await got('GET', path),
        await got('HEAD', path),
        await got('GET', `${path}/`),
      ];
      expect({ status: head.status, length: head.bytes.length }).toEqual({ status: whole.status, length: 0 });
      expect(slash.status).toBe(whole.status);
      const tag = whole.headers.etag;
      const kept = tag !== undefined && whole.status === 200;
      expect(whole.headers['cache-control']).toContain(kept ? 'private, no-cache' : 'no-store');
    },
  );
});

test('the address of the service leads on: browsers by a page, programs by JSON', async () => {
  const page = await got('GET', '/', { accept: 'text/html,*/*;q=0.8' });
  expect({ status: page.status, type: page.headers['content-type'] }).toEqual({
    status: 200,
    type: 'text/html; charset=utf-8',
  });
  const { links } = JSON.parse((await got('GET', '/')).bytes.toString()) as {
    links: Record<string, { href: string }>;
  };
  // What the browser loads is there, and what the addresses name.
  const assets = [...page.bytes.toString().matchAll(/(?:src|href)="([^"]+)"/g)].map(([, href = '']) => ({
    href,
  }));
  expect(assets.length).toBeGreaterThanOrEqual(3);
  for (const { href } of [...assets, ...Object.values(links)]) {
    expect((await got('GET', href)).status).toBe(200);
  }
});

describe('compression', () => {
  const big = '/v1/experience';

  test.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['*', 'br'],
  ] as const)('for %s is by %s, and the answer is the same', async (accepted, coding) => {
    const plain = await got('GET', big);
    const short = await got('GET', big, { 'accept-encoding': accepted });
    expect(short.headers).toMatchObject({
      'content-encoding': coding,
      vary: expect.stringMatching(/accept-encoding/),
    });
    expect(short.bytes.length).toBeLessThan(plain.bytes.length / 3);
    const unpacked = coding === 'br' ? brotliDecompressSync(short.bytes) : gunzipSync(short.bytes);
    expect(unpacked.equals(plain.bytes)).toBe(true);
  });

  test.each([undefined, 'identity', 'br;q=0, gzip;q=0', 'zstd', 'br;q=0.1, identity;q=0.5'])(
    'is left out where %s is accepted, and the answer still says that it could be other',
    async (accepted) => {
      expect(wantedCoding(accepted)).toBeNull();
      const { headers } = await got(
        'GET',
        big,
        accepted === undefined ? {} : { 'accept-encoding': accepted },
      );
      expect(headers['content-encoding']).toBeUndefined();
      expect(headers.vary).toMatch(/accept-encoding/);
    },
  );

  test('gives each coding a tag of its own, and each is known again, also as a condition of a command', async () => {
    const path = `${pool}/runbook`;
    const plain = await got('GET', path);
    const short = await got('GET', path, { 'accept-encoding': 'br' });
    const tag = plain.headers.etag ?? '';
    expect(short.headers.etag).toBe(tag.replace(/"$/, '-br"'));
    for (const known of [tag, String(short.headers.etag), `W/${tag}`]) {
      const again = await got('GET', path, { 'accept-encoding': 'br', 'if-none-match': known });
      expect({ status: again.status, bytes: again.bytes.length }).toEqual({ status: 304, bytes: 0 });
      expect(again.headers).toMatchObject({
        etag: known.replace('W/', ''),
        'cache-control': 'private, no-cache',
      });
      expect(again.headers['content-length']).toBeUndefined();
    }
    const other = await got('GET', path, { 'if-none-match': '"other-br"' });
    expect(other.status).toBe(200);
    const revision = (await got('GET', pool)).headers.etag ?? '';
    const body = JSON.stringify({ pool: 'pool-a.contoso.com' });
    const json = { 'content-type': 'application/json' };
    const condition = { ...json, 'if-match': revision.replace(/"$/, '-gzip"') };
    expect((await got('POST', '/v1/commands/declare-outage', condition, body)).status).toBe(200);
    expect((await got('POST', '/v1/commands/end-outage', condition, body)).status).toBe(412);
  });

  test('leaves streams as they are', async () => {
    const { headers, status } = await got('GET', `${pool}/audit-trail?format=ndjson`, {
      'accept-encoding': 'br',
    });
    expect({ status, coding: headers['content-encoding'] }).toEqual({ status: 200, coding: undefined });
  });
});

describe('pages', () => {
  test('link to the one after and the one before, with the same filters', async () => {
    const first = await got('GET', `${pool}/audit-trail?limit=1&order=newest`);
    const next = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? '';
    expect(next).toMatch(/\/audit-trail\?limit=1&order=newest&cursor=/);
    const second = await got('GET', next);
    expect(second.headers.link).toMatch(/rel="prev"/);
    expect(second.bytes.equals(first.bytes)).toBe(false);
    expect((await got('GET', `${pool}/runbook`)).headers.link).toBeUndefined();
  });

  test('are all that take a cursor', () => {
    const taking = operations.filter(({ operation }) =>
      operation.parameters?.some(({ name }) => name === 'cursor'),
    );
    expect(taking.map(({ operation }) => operation.operationId).sort()).toEqual([...pagedOperations].sort());
  });
});

test('a zip is taken without a type, as curl -T sends it, and not as a form', async () => {
  const path = `${pool}/exports/berlin.zip`;
  const zip = '@examples/berlin-2026-11-17.zip';
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await got('PUT', path, form, zip)).status).toBe(415);
  const { status, bytes } = await got('PUT', path, {}, zip);
  // Of another pool, which the reader of the file says: it was read.
  expect({ status, type: JSON.parse(bytes.toString()) as unknown }).toMatchObject({
    type: expect.anything(),
  });
  expect(status).not.toBe(415);
});
