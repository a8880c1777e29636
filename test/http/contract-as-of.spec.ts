import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { ask, callArrives, callEnds, signIn } from './support/commands.js';
import { Pair } from './support/pair.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

/** A clock that is set by hand, so that every moment has a name. */
let now = '2026-11-24T03:00:00.000Z';
let service: Service;
let pair: Pair;
/** A position in the middle of the log, before the outage. */
let midway: string;

const viewsOf = (of: Pair): readonly string[] => [
  '/v1/pools',
  `/v1/pools/${of.primary}`,
  `/v1/pools/${of.primary}/visibility`,
  `/v1/pools/${of.primary}/editability`,
  `/v1/pools/${of.primary}/call-status`,
  `/v1/pools/${of.primary}/calls`,
  `/v1/pools/${of.backup}/calls`,
  `/v1/calls/old-call`,
  `/v1/agents/${of.agentOfPrimary}/console`,
  `/v1/pools/${of.primary}/audit-trail?limit=1000`,
  `/v1/pools/${of.primary}/audit-trail?limit=3`,
];
const asOf = (url: string, moment: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(moment)}`;
const withoutMoment = ({ asOf: _asOf, position: _position, ...content }: JsonObject): JsonObject => content;

async function lastPosition(): Promise<string> {
  return String(await service.poolkeeper.store.lastPosition());
}

beforeAll(async () => {
  service = await Service.start({ clock: () => new Date(now) });
  pair = await Pair.withImport(service);
  await service.given(
    callArrives('old-call', pair.primary, pair.regular),
    signIn(pair.agentOfPrimary, pair.primary, pair.ownGroup),
  );
  midway = await lastPosition();
  now = '2026-11-24T04:00:00.000Z';
  await pair.reaches('failed-over');
  await service.when(ask('end-outage', { pool: pair.primary }));
});
afterAll(() => service.stop());

describe('A view as of a moment', () => {
  it('of now is the live view, by position and by time', async () => {
    for (const url of viewsOf(pair)) {
      const live = withoutMoment(await service.shown(url));
      expect(withoutMoment(await service.shown(asOf(url, await lastPosition())))).toEqual(live);
      expect(withoutMoment(await service.shown(asOf(url, now)))).toEqual(live);
    }
  });

  it('never changes when more happens afterwards, not a byte and not its entity tag', async () => {
    const urls = viewsOf(pair).flatMap((url) =>
      ['2026-11-24T03:30:00Z', '2026-11-24T04:00:00.000Z', midway].map((moment) => asOf(url, moment)),
    );
    const taken = async (url: string) => {
      const { status, text, headers } = await service.get(url);
      return { url, status, text, etag: headers['etag'] };
    };
    const before = [];
    for (const url of urls) before.push(await taken(url));
    now = '2026-11-24T05:00:00.000Z';
    await service.given(callEnds('old-call'), ask('failback', { pool: pair.primary }));
    await Pair.registered(service);
    await pair.newCall();
    const after = [];
    for (const url of urls) after.push(await taken(url));
    expect(after).toEqual(before);
  });

  it('names the moment that was asked for', async () => {
    const url = `/v1/pools/${pair.primary}`;
    expect(await service.shown(asOf(url, midway))).toMatchObject({
      asOf: midway,
      position: midway,
      stage: 'normal',
    });
    expect(await service.shown(asOf(url, '2026-11-24T04:30:00+01:00'))).toMatchObject({
      asOf: '2026-11-24T03:30:00.000Z',
      stage: 'normal',
    });
    expect(await service.shown(asOf(url, '2026-11-24T04:00:00Z'))).toMatchObject({ stage: 'failed-over' });
  });

  it('tells what a call was then, and its history up to then', async () => {
    expect(await service.shown(asOf('/v1/calls/old-call', '2026-11-24T03:00:00Z'))).toMatchObject({
      status: 'in-progress',
      history: [{ what: 'arrived', status: 'in-progress' }],
    });
    expect(await service.shown(asOf('/v1/calls/old-call', '2026-11-24T04:00:00Z'))).toMatchObject({
      status: 'disconnected',
      history: [{ what: 'arrived' }, { what: 'disconnected', because: ['outage/in-progress-calls/1'] }],
    });
  });

  it('before the first event is empty', async () => {
    for (const moment of ['0', '2020-01-01T00:00:00Z']) {
      expect(await service.shown(asOf('/v1/pools', moment))).toMatchObject({ pools: [], position: '0' });
      for (const [view, list] of [
        ['visibility', 'objects'],
        ['editability', 'objects'],
        ['calls', 'calls'],
        ['audit-trail', 'entries'],
        ['call-status', 'rows'],
      ] as const) {
        expect(await service.shown(asOf(`/v1/pools/${pair.primary}/${view}`, moment))).toMatchObject({
          fqdn: pair.primary,
          position: '0',
          [list]: [],
        });
      }
      expect(await service.get(asOf('/v1/calls/old-call', moment))).toMatchObject({ status: 404 });
    }
  });

  it.each([
    'tomorrow',
    '2026-11-24',
    '2026-11-24T03:00:00',
    '2026-13-24T03:00:00Z',
    '2026-02-30T03:00:00Z',
    '2016-12-31T23:59:60Z',
    '2026-11-24T05:00:00.001Z',
    '9999-12-31T23:59:59Z',
    '9999-12-31T23:59:59-23:59',
    '0000-01-01T00:00:00+23:59',
    '99999999',
    '9999999999999999999',
    '-1',
    '01',
    '1.0',
  ])('is refused for %s, which is no moment or has not been', async (moment) => {
    for (const url of viewsOf(pair)) {
      const answer = await service.get(asOf(url, moment));
      expect(answer.status).toBe(400);
      expect(answer.body['errors']).toMatchObject([{ pointer: '/asOf' }]);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
    }
  });
});

describe('A view that waits for a position', () => {
  it('answers once it has got there', async () => {
    const next = BigInt(await lastPosition()) + 1n;
    const waiting = service.get(`/v1/pools/${pair.backup}?minPosition=${next}`);
    const answer = await service.when(ask('declare-outage', { pool: pair.backup }));
    const { position } = answer.body;
    expect(BigInt(textOf(position))).toBeGreaterThanOrEqual(next);
    expect(await waiting).toMatchObject({ status: 200, body: { stage: 'outage', position } });
  });

  it('answers 503 with Retry-After where it does not get there in time', async () => {
    const hasty = await Service.start({ minPositionPatience: 20 });
    const lagging = await Pair.registered(hasty);
    const far = String(((await hasty.poolkeeper.store.lastPosition()) ?? 0n) + 4_711n);
    for (const url of viewsOf(lagging)) {
      const answer = await hasty.get(`${url}${url.includes('?') ? '&' : '?'}minPosition=${far}`);
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
      expect(answer.body).toMatchObject({ status: 503, detail: expect.stringContaining(far) });
    }
    await hasty.stop();
  });
});
