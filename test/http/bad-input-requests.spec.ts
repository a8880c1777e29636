import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { registerPair } from './support/commands.js';
import { Service, type Answer, type Request } from './support/service.js';

const outage = '/v1/commands/declare-outage';
const json = { 'content-type': 'application/json' };
const pools = '/v1/pools/pool-a.contoso.com';

let service: Service;
let position: bigint | null;
beforeAll(async () => {
  service = await Service.start({ usually: 'sqlite' });
  await service.given(registerPair('pool-a.contoso.com', 'pool-b.contoso.com'));
  position = await service.poolkeeper.store.lastPosition();
});
afterEach(async () => {
  expect(await service.poolkeeper.store.lastPosition()).toBe(position);
});
afterAll(() => service.stop());

function isTurnedDown(answer: Answer, status: number | readonly number[], request: unknown): void {
  const told = { request, status: answer.status, body: answer.body };
  expect({ request, status: [status].flat() }).toMatchObject({
    request,
    status: expect.arrayContaining([answer.status]),
  });
  expect(told).toMatchObject({
    request,
    body: {
      type: expect.stringMatching(/^urn:poolkeeper:problem:/),
      status: answer.status,
      detail: expect.stringMatching(/\S/),
    },
  });
  expect(answer.headers['content-type']).toMatch('application/problem+json');
}

const posted = (payload: string | Buffer, headers: Readonly<Record<string, string>> = json): Request => ({
  method: 'POST',
  url: outage,
  headers,
  payload,
});

describe('A body', () => {
  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['no JSON', '{"pool":'],
    ['two objects', '{}{}'],
    ['a list', '[]'],
    ['a list of commands', '[{"pool":"pool-a.contoso.com"}]'],
    ['null', 'null'],
    ['a text', '"pool-a.contoso.com"'],
    ['a number', '7'],
    ['true', 'true'],
    ['NaN', 'NaN'],
    ['half of UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['a poisoned prototype', '{"pool":"pool-a.contoso.com","__proto__":{"reason":"x"}}'],
    ['a poisoned prototype, escaped', '{"pool":"pool-a.contoso.com","\\u005f_proto__":{"reason":"x"}}'],
    ['a poisoned constructor', '{"pool":"pool-a.contoso.com","constructor":{"prototype":{"reason":"x"}}}'],
    ['objects nested 100000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['lists nested 200000 deep', `{"pool":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
    [
      '50 levels in a field',
      `{"pool":"pool-a.contoso.com","reason":${'{"a":'.repeat(50)}1${'}'.repeat(50)}}`,
    ],
  ])('of %s is turned down', async (_what, payload) => {
    isTurnedDown(await service.send(posted(payload)), 400, payload.slice(0, 60));
  });

  it('of 10 MB is turned down', async () => {
    const huge = JSON.stringify({ pool: 'pool-a.contoso.com', reason: 'x'.repeat(10_000_000) });
    isTurnedDown(await service.send(posted(huge)), 413, '10 MB');
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json-seq',
    'nonsense',
  ])('of type %s is turned down: no web page may give commands by a form', async (type) => {
    const form = 'pool=pool-a.contoso.com&reason=form';
    isTurnedDown(await service.send(posted(form, { 'content-type': type })), 415, type);
    isTurnedDown(
      await service.send(posted(JSON.stringify({ pool: 'pool-a.contoso.com' }), { 'content-type': type })),
      415,
      type,
    );
  });

  it('without a type is turned down', async () => {
    isTurnedDown(await service.send(posted('{"pool":"pool-a.contoso.com"}', {})), [400, 415], 'no type');
  });
});

describe('A method', () => {
  it.each(['GET', 'PUT', 'PATCH', 'DELETE'] as const)('%s gives no command', async (method) => {
    isTurnedDown(await service.send({ method, url: outage }), 405, method);
  });
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('%s changes no view', async (method) => {
    isTurnedDown(
      await service.send({ method, url: pools, headers: json, payload: '{}' }),
      [404, 405],
      method,
    );
    isTurnedDown(await service.send({ method, url: pools }), [404, 405], method);
  });
});

describe('A URL', () => {
  it.each([
    '/v1/pools/%00',
    '/v1/pools/%2e%2e%2fetc',
    '/v1/pools/a%2Fb',
    '/v1/pools/%F0%9F%93%9E',
    '/v1/pools/-x',
    `/v1/pools/${'x'.repeat(300)}`,
    '/v1/calls/%00',
    '/v1/calls/a%2Fb',
    '/v1/calls/%C3%BC',
    `/v1/calls/${'x'.repeat(300)}`,
    '/v1/agents/kim/console',
    '/v1/agents/sip:k%20m@contoso.com/console',
    `/v1/agents/sip:${'x'.repeat(300)}@contoso.com/console`,
    '/v1/pools/%E0%A4%A',
    '/v1/calls/%',
    '/%c0%ae%c0%ae/',
  ])('%s names nothing that could be', async (url) => {
    isTurnedDown(await service.get(url), [400, 404], url);
  });

  it.each([
    `/v1/pools/${'x'.repeat(5_000)}`,
    `/v1/calls/${'x'.repeat(100_000)}`,
    `/v1/agents/${'%20'.repeat(2_000)}/console`,
    `${pools}?asOf=${'1'.repeat(50_000)}`,
    `/v1/commands/${'x'.repeat(5_000)}`,
  ])('that is far too long is turned down (%#)', async (url) => {
    isTurnedDown(await service.get(url), [400, 404, 414], url.slice(0, 40));
  });
});

describe('A query', () => {
  it.each([
    'colour=red',
    'asOf=',
    'asOf=1&asOf=2',
    'asOf[]=1',
    'asOf[a]=1',
    'minPosition=',
    'minPosition=-1',
    'minPosition=0x10',
    'minPosition=99999999999999999999',
    'asOf=99999999999999999999',
    '__proto__=1',
    'constructor=1',
    '__proto__[x]=1',
  ])('?%s is turned down on every view', async (query) => {
    for (const view of ['', '/visibility', '/editability', '/call-status', '/calls', '/audit-trail']) {
      isTurnedDown(await service.get(`${pools}${view}?${query}`), 400, query);
    }
  });

  const cursor = (text: string) => Buffer.from(text).toString('base64url');
  it.each([
    'limit=0',
    'limit=-1',
    'limit=1001',
    'limit=1e2',
    'limit=ten',
    'limit=',
    'limit=1&limit=2',
    'cursor=',
    'cursor=nonsense',
    'cursor=%00',
    `cursor=${cursor('after:-1')}`,
    `cursor=${cursor('after:1.5')}`,
    `cursor=${cursor('after:')}`,
    `cursor=${cursor('before:1')}`,
    `cursor=${'x'.repeat(300)}`,
  ])('?%s is turned down on every list', async (query) => {
    for (const view of ['/calls', '/audit-trail']) {
      isTurnedDown(await service.get(`${pools}${view}?${query}`), 400, query);
    }
  });

  it.each(['9223372036854775807', '9223372036854775808', '9999999999999999999'])(
    'with a cursor that was made up, far beyond the end (%s), finds an empty page',
    async (far) => {
      for (const view of ['/calls', '/audit-trail']) {
        const page = await service.shown(`${pools}${view}?cursor=${cursor(`after:${far}`)}`);
        expect(page).toMatchObject({ next: null });
      }
    },
  );

  it.each([
    ['/calls', 'status=lost'],
    ['/calls', 'status=ended&status=lost'],
    ['/calls', 'responseGroup=a%2Fb'],
    ['/audit-trail', 'type=Nonsense'],
    ['/audit-trail', 'refused=perhaps'],
    ['/audit-trail', 'from=yesterday'],
    ['/audit-trail', 'from=2026-02-30T00:00:00Z'],
    ['/audit-trail', 'to=2026-13-01T00:00:00Z'],
    ['/audit-trail', 'to=2026-12-31T23:59:60Z'],
    ['/audit-trail', 'incident=%00'],
    ['/audit-trail', 'actor='],
    ['/audit-trail', `actor=${'x'.repeat(257)}`],
  ])('%s?%s is turned down', async (view, query) => {
    const answer = await service.get(`${pools}${view}?${query}`);
    isTurnedDown(answer, 400, query);
    expect(answer.body['errors']).toMatchObject([{ pointer: `/${query.split('=')[0] ?? ''}` }]);
  });
});
