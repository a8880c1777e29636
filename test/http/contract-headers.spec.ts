import { userInfo } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, callArrives, declareOutage, registerPair } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service, type Headers } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let service: Service;
let pair: Pair;
beforeAll(async () => {
  service = await Service.start();
});
beforeEach(async () => {
  pair = await Pair.registered(service);
});
afterAll(() => service.stop());

const metadataOf = (body: Readonly<Record<string, unknown>>) => entries(body['events'])[0]?.['metadata'];

describe('Who did it', () => {
  it("is the service's own user where nobody says", async () => {
    const { body } = await service.when(declareOutage(pair.primary));
    expect(metadataOf(body)).toMatchObject({ actor: userInfo().username });
  });

  it('is whom X-Actor names, also beyond Latin letters', async () => {
    const actor = Buffer.from('Jürgen Łukasiewicz', 'utf8').toString('latin1');
    const { body } = await service.when(declareOutage(pair.primary), { 'x-actor': actor });
    expect(metadataOf(body)).toMatchObject({ actor: 'Jürgen Łukasiewicz' });
  });

  it.each(['actor', 'metadata', 'correlationId', 'commandId', 'recordedAt'])(
    'is never taken from the body: %s is no field',
    async (field) => {
      const answer = await service.when(declareOutage(pair.primary, { [field]: 'mallory' }));
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: `/${field}` }] } });
    },
  );

  it.each(['', '   ', 'x'.repeat(257), 'a\tb'])('must be 1 to 256 characters of text', async (actor) => {
    const answer = await service.when(declareOutage(pair.primary), { 'x-actor': actor });
    expect(answer.status).toBe(400);
    expect(answer.body['detail']).toMatch('x-actor');
  });

  it('is on a refusal too', async () => {
    await service.when(ask('failback', { pool: pair.primary }), { 'x-actor': 'kim' });
    const { entries: trail } = await service.shown(`/v1/pools/${pair.primary}/audit-trail?actor=kim`);
    expect(trail).toMatchObject([
      { actor: 'kim', refused: true, type: 'CommandRefused', command: 'failback', because: ['stage-change'] },
    ]);
  });
});

describe('What belongs together', () => {
  it('carries the correlation id of the request; its command is the cause', async () => {
    const { body } = await service.when(declareOutage(pair.primary), {
      'x-correlation-id': 'night-of-the-storm',
    });
    const metadata = metadataOf(body) as Readonly<Record<string, unknown>>;
    expect(metadata).toMatchObject({ correlationId: 'night-of-the-storm' });
    expect(metadata['causationId']).toBe(metadata['commandId']);
    const { entries: trail } = await service.shown(
      `/v1/pools/${pair.primary}/audit-trail?type=OutageDeclared`,
    );
    expect(trail).toMatchObject([
      { correlationId: 'night-of-the-storm', causationId: metadata['commandId'] },
    ]);
  });

  it('carries the request id where there is no correlation id', async () => {
    const answer = await service.when(declareOutage(pair.primary), { 'x-request-id': 'request-7' });
    expect(answer.headers['x-request-id']).toBe('request-7');
    expect(metadataOf(answer.body)).toMatchObject({ correlationId: 'request-7' });
  });

  it('gets a request id made up where none or an ugly one is given, also on errors', async () => {
    const headers: readonly Headers[] = [
      {},
      { 'x-request-id': 'a b\u00e9' },
      { 'x-request-id': 'x'.repeat(129) },
    ];
    for (const given of headers) {
      const answer = await service.get('/nowhere', given);
      expect(answer.status).toBe(404);
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('tells when it happened from when it was recorded', async () => {
    const { body } = await service.when(
      declareOutage(pair.primary, { occurredAt: '2026-01-02T04:05:06.789+01:00' }),
    );
    expect(metadataOf(body)).toMatchObject({ occurredAt: '2026-01-02T03:05:06.789Z' });
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({
      since: '2026-01-02T03:05:06.789Z',
    });
  });
});

describe('The answer to a command', () => {
  it('names stream, revision, position and the events as they were stored', async () => {
    const answer = await service.when(declareOutage(pair.primary, { reason: 'Storm' }));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch('application/json');
    expect(answer.headers['etag']).toBe(`"${textOf(answer.body['revision'])}"`);
    expect(answer.body).toMatchObject({
      stream: expect.stringMatching(/^pair-[0-9a-f]+$/),
      revision: '6',
      position: String(await service.poolkeeper.store.lastPosition()),
      events: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          type: 'OutageDeclared',
          data: { pool: pair.primary, backEndDatabase: 'unknown', reason: 'Storm', site: null },
          metadata: { schemaVersion: 2, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
        },
      ],
    });
  });

  it('has no events where it already holds, and names where the stream stands', async () => {
    const first = await service.when(declareOutage(pair.primary));
    const again = await service.when(declareOutage(pair.primary));
    expect(again).toMatchObject({
      status: 200,
      body: { events: [], stream: first.body['stream'], revision: first.body['revision'] },
    });
    expect(again.headers['etag']).toBe(first.headers['etag']);
  });

  it('tells a reported call how it stands and why', async () => {
    const answer = await service.when(callArrives('standing', pair.primary, pair.regular));
    expect(answer.body).toMatchObject({ callId: 'standing', status: 'in-progress', because: [] });
  });
});

describe('If-Match', () => {
  it('lets a command pass at the revision it names, in a list too, and at * for any stream that is there', async () => {
    const { headers } = await service.get(`/v1/pools/${pair.primary}`);
    const tag = String(headers['etag']);
    expect(await service.when(declareOutage(pair.primary), { 'if-match': `"99", ${tag}` })).toMatchObject({
      status: 200,
      body: { events: [{}] },
    });
    expect(await service.when(ask('end-outage', { pool: pair.primary }), { 'if-match': '*' })).toMatchObject({
      status: 200,
      body: { events: [{}] },
    });
  });

  it.each(['"0"', 'W/"5"', '"5x"', '""'])(
    'stops a command with 412 at %s, and writes nothing',
    async (tag) => {
      const before = await service.poolkeeper.store.lastPosition();
      const answer = await service.when(declareOutage(pair.primary), { 'if-match': tag });
      expect(answer).toMatchObject({
        status: 412,
        body: { type: 'urn:poolkeeper:problem:precondition-failed', revision: '5' },
      });
      expect(answer.headers['content-type']).toMatch('application/problem+json');
      expect(await service.poolkeeper.store.lastPosition()).toBe(before);
    },
  );

  it('stops a command on a stream that is not there yet', async () => {
    const registration = registerPair('unseen-1.contoso.com', 'unseen-2.contoso.com');
    expect(await service.when(registration, { 'if-match': '*' })).toMatchObject({ status: 412 });
    expect(await service.get('/v1/pools/unseen-1.contoso.com')).toMatchObject({ status: 404 });
  });

  it.each(['5', 'five', '"5', ''])('must be entity tags in quotes: %s', async (tag) => {
    const answer = await service.when(declareOutage(pair.primary), { 'if-match': tag });
    expect(answer.status).toBe(400);
    expect(answer.body['detail']).toMatch('If-Match');
  });

  it('lets one of two commands for the same revision pass', async () => {
    const { headers } = await service.get(`/v1/pools/${pair.primary}`);
    const condition = { 'if-match': String(headers['etag']) };
    const answers = await Promise.all([
      service.when(declareOutage(pair.primary), condition),
      service.when(declareOutage(pair.backup), condition),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});

describe('If-None-Match', () => {
  it('spares the reader what it has already, until something happens', async () => {
    for (const view of ['', '/visibility', '/editability', '/call-status', '/calls', '/audit-trail']) {
      const url = `/v1/pools/${pair.primary}${view}`;
      const tag = String((await service.get(url)).headers['etag']);
      expect(tag).toMatch(/^"[^"]+"$/);
      for (const known of [tag, `W/${tag}`, `"0", ${tag}`, '*']) {
        const answer = await service.get(url, { 'if-none-match': known });
        expect(answer).toMatchObject({ status: 304, text: '' });
        expect(answer.headers['etag']).toBe(tag);
      }
      await service.given(ask('report-back-end-database', { pool: pair.primary, state: 'available' }));
      expect(await service.get(url, { 'if-none-match': tag })).toMatchObject({ status: 200 });
      await service.given(ask('report-back-end-database', { pool: pair.primary, state: 'unknown' }));
    }
  });
});

describe('More commands at once than the service takes on', () => {
  it('are answered 429 with Retry-After, and the others are done', async () => {
    const small = await Service.start({ maxPendingCommands: 2 });
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => small.when(registerPair(`many-${n}.contoso.com`, `more-${n}.contoso.com`))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 429]);
    expect(answers[3]?.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(answers[3]?.headers['content-type']).toMatch('application/problem+json');
    await small.stop();
  });
});

describe('Every answer tells browsers how to treat it', () => {
  const policyOf = async (url: string): Promise<string> =>
    textOf((await service.get(url)).headers['content-security-policy']);

  it('as data that loads, runs and frames nothing, also where it is a refusal', async () => {
    for (const url of ['/v1/pools', '/v1/pools/none.contoso.com', '/nowhere', '/health/live']) {
      expect(await policyOf(url)).toBe(
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      );
      expect((await service.get(url)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      });
    }
  });

  it('and the documentation as a page that runs only its own scripts', async () => {
    expect(await policyOf('/docs')).toContain("script-src 'self';");
    expect(await policyOf('/docs')).not.toContain("script-src 'self' 'unsafe");
    expect(await policyOf('/docsomething')).not.toContain('script-src');
  });

  it('and promises TLS only where it speaks it', async () => {
    expect((await service.get('/v1/pools')).headers).not.toHaveProperty('strict-transport-security');
  });
});
