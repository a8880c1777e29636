import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import type { JsonObject } from '../../events/envelope.js';
import type { PoolViewSet } from '../../projections/view-set/view-set.js';
import { withChange } from '../support/live-picture.js';
import { ask, callArrives, declareOutage } from './support/commands.js';
import { Listening, type Sent } from './support/listening.js';
import { freshMedium } from './support/mediums.js';
import { Pair } from './support/pair.js';
import { founding, histories, play, poolsOfPair, type Step } from './support/random-history.js';
import { documentedFetch } from './support/documented.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let service: Service;
let url: URL;
beforeAll(async () => {
  service = await Service.start();
  url = await service.listen();
});
afterAll(() => service.stop());

const lastPosition = async (of = service): Promise<string> =>
  String(await of.poolkeeper.store.lastPosition());

/** What the views answer, without what says of when. */
async function pictureAsOf(position: string, fqdn: string, of = service): Promise<PoolViewSet> {
  const view = async (name: string): Promise<unknown> => {
    const body = await of.shown(`/v1/pools/${fqdn}${name}?asOf=${position}`);
    return contentOf(body);
  };
  const viewSet = {
    pool: await view(''),
    visibility: await view('/visibility'),
    editability: await view('/editability'),
    callStatus: await view('/call-status'),
  };
  return viewSet as PoolViewSet;
}

const contentOf = ({ position: _position, asOf: _asOf, ...content }: JsonObject): object => content;

/** What a client has after a message. */
function pictureAfter(viewSet: PoolViewSet | null, { name, body }: Sent): PoolViewSet {
  if (name === 'state') return contentOf(body) as PoolViewSet;
  if (viewSet === null) throw new Error('A change came before any state.');
  return withChange(viewSet, contentOf(body));
}

const pictureIn = (sent: readonly Sent[]): PoolViewSet | null =>
  sent.reduce<PoolViewSet | null>(pictureAfter, null);

/** The same history of another pair: pair 0 is in all of its names. */
const toldOf = (pair: number, history: readonly Step[]): readonly Step[] =>
  JSON.parse(JSON.stringify(history).replaceAll(/-0(?=[-.@"])/g, `-${pair}`)) as readonly Step[];

describe('A pool heard live', () => {
  it('begins with everything that the views answer', async () => {
    const pair = await Pair.withImport(service);
    await pair.newCall();
    const listening = await Listening.to(url, `/v1/pools/${pair.primary}/live`);
    await listening.heard('0');
    const { name, id, body } = listening.last;
    expect({ name, id }).toEqual({ name: 'state', id: await lastPosition() });
    expect(body).toMatchObject({ position: id, asOf: expect.stringMatching(/Z$/) });
    expect(contentOf(body)).toEqual(await pictureAsOf(id, pair.primary));
    expect(listening.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-request-id': expect.any(String),
    });
    listening.hangUp();
  });

  it('tells every event of the pair with what of the views it changed, and no more', async () => {
    const pair = await Pair.withImport(service);
    const { id } = await pair.newCall();
    const listening = await Listening.to(url, `/v1/pools/${pair.primary}/live`);
    const { body } = await service.when(declareOutage(pair.primary, { reason: 'Storage' }));
    await listening.heard(textOf(body['position']));
    const change = listening.last;
    expect(change).toMatchObject({
      name: 'change',
      id: body['position'],
      body: {
        event: { type: 'OutageDeclared', position: body['position'], actor: expect.any(String) },
        pool: { stage: 'outage' },
        visibility: { stage: 'outage', partnerStage: 'normal', gone: [] },
        callStatus: {
          totals: { disconnected: 1, disconnectedByStatement: { 'outage/in-progress-calls/1': 1 } },
        },
      },
    });
    expect(await pair.call(id)).toMatchObject({ status: 'disconnected' });
    const exported = await service.when(ask('record-export', { pool: pair.backup }));
    await listening.heard(textOf(exported.body['position']));
    expect(Object.keys(contentOf(listening.last.body))).toEqual(['event']);
    listening.hangUp();
  });

  it('is silent about other pairs, and about calls of the partner', async () => {
    const pair = await Pair.registered(service);
    const other = await Pair.registered(service);
    const listening = await Listening.to(url, `/v1/pools/${pair.primary}/live`);
    await other.reaches('failed-over');
    await service.given(callArrives(`of-partner-${pair.number}`, pair.backup, pair.regularOfBackup));
    const { answer } = await pair.newCall();
    await listening.heard(textOf(answer.body['position']));
    expect(listening.sent.map(({ name }) => name)).toEqual(['state', 'change']);
    expect(listening.last.body).toMatchObject({ event: null, callStatus: { totals: { inProgress: 1 } } });
    listening.hangUp();
  });

  it('goes on after the last id that arrived, also when the service was started anew in between', async () => {
    const medium = await freshMedium();
    const before = await Service.start({ store: await medium.open() });
    const pair = await Pair.withImport(before);
    const path = `/v1/pools/${pair.primary}/live`;
    const listening = await Listening.to(await before.listen(), path);
    await pair.reaches('failing-over');
    await listening.heard(await lastPosition(before));
    const stopped = before.stop();
    await listening.over();
    await stopped;

    const after = await Service.start({ store: await medium.open() });
    await after.caughtUp();
    await after.given(
      ask('complete-failover', { pool: pair.primary }),
      ask('failback', { pool: pair.primary }),
    );
    const { id: last } = listening.last;
    const again = await Listening.to(await after.listen(), path, { 'last-event-id': last });
    await again.heard(await lastPosition(after));
    await after.given(ask('complete-failback', { pool: pair.primary }));
    await again.heard(await lastPosition(after));
    const all = [...listening.sent, ...again.sent];
    expect(all.flatMap(({ body }) => (body['event'] as JsonObject | undefined)?.['type'] ?? [])).toEqual([
      'OutageDeclared',
      'FailoverInitiated',
      'FailoverCompleted',
      'FailbackInitiated',
      'FailbackCompleted',
    ]);
    expect(pictureIn(all)).toEqual(await pictureAsOf(again.last.id, pair.primary, after));
    again.hangUp();
    await after.stop();
    medium.release();
  });

  it('goes on from any id into what was sent live: for every history', async () => {
    let number = 700;
    await fc.assert(
      fc.asyncProperty(histories([0], { withImports: true }), fc.nat(), async (ofSomePair, pick) => {
        number += 1;
        const [fqdn] = poolsOfPair(number);
        const history = toldOf(number, ofSomePair);
        await service.given(...founding(number));
        const path = `/v1/pools/${fqdn}/live`;
        const listening = await Listening.to(url, path);
        const half = Math.floor(history.length / 2);
        await play(service, history.slice(0, half));
        const between = listening.sent[pick % Math.max(1, listening.sent.length)];
        await listening.heard('0');
        const from = between ?? listening.last;
        const resumed = await Listening.to(url, `${path}?lastEventId=${from.id}`);
        await play(service, history.slice(half));
        const last = await service.when(ask('report-back-end-database', { pool: fqdn, state: 'available' }));
        const other = await service.when(
          ask('report-back-end-database', { pool: fqdn, state: 'unavailable' }),
        );
        const end = textOf(other.body['position'] ?? last.body['position']);
        for (const each of [listening, resumed]) await each.heard(end);
        expect(pictureIn(listening.sent)).toEqual(await pictureAsOf(end, fqdn));
        const upToThere = listening.sent.slice(0, listening.sent.indexOf(from) + 1);
        expect(pictureIn([...upToThere, ...resumed.sent])).toEqual(await pictureAsOf(end, fqdn));
        const eventsOf = (sent: readonly Sent[]): readonly unknown[] =>
          sent.flatMap(({ body }) => body['event'] ?? []);
        expect(eventsOf([...upToThere, ...resumed.sent])).toEqual(eventsOf(listening.sent));
        for (const each of [listening, resumed]) {
          const ids = each.sent.map(({ id }) => BigInt(id));
          expect(ids).toEqual([...new Set(ids)].sort((one, next) => (one < next ? -1 : 1)));
          each.hangUp();
        }
      }),
      { numRuns: runs(6) },
    );
  });

  it('begins with the state at the registration for who has heard nothing of it yet', async () => {
    const pair = await Pair.registered(service);
    const listening = await Listening.to(url, `/v1/pools/${pair.primary}/live`, { 'last-event-id': '0' });
    const end = await lastPosition();
    await pair.reaches('outage');
    await listening.heard(await lastPosition());
    expect(listening.sent[0]).toMatchObject({
      name: 'state',
      body: { pool: { stage: 'normal' }, visibility: { objects: [] } },
    });
    expect(pictureIn(listening.sent.filter(({ id }) => BigInt(id) <= BigInt(end)))).toEqual(
      await pictureAsOf(end, pair.primary),
    );
    listening.hangUp();
  });

  it('believes the header where a client that reconnects by itself sends its first address too', async () => {
    const pair = await Pair.registered(service);
    const first = await lastPosition();
    await pair.reaches('failing-over');
    const last = await lastPosition();
    const path = `/v1/pools/${pair.primary}/live?lastEventId=${first}`;
    const listening = await Listening.to(url, path, { 'last-event-id': last });
    await service.given(ask('complete-failover', { pool: pair.primary }));
    await listening.heard(await lastPosition());
    expect(listening.sent.map(({ body }) => body['event'])).toMatchObject([{ type: 'FailoverCompleted' }]);
    listening.hangUp();
  });

  it.each(['tomorrow', '-1', '01', '1.5', '9999999999999999999', '99999999', '1, 2'])(
    'is refused after %s, which is the id of no event',
    async (id) => {
      const pair = await Pair.registered(service);
      const path = `/v1/pools/${pair.primary}/live`;
      const answer = await service.get(path, { 'last-event-id': id });
      expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/Last-Event-ID/) } });
      expect(answer.headers['content-type']).toMatch('application/problem+json');
      const asked = await service.get(`${path}?lastEventId=${encodeURIComponent(id)}`);
      expect(asked).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/lastEventId/) } });
    },
  );

  it('is unknown where no pair has the pool', async () => {
    expect(await service.get('/v1/pools/nowhere.contoso.com/live')).toMatchObject({
      status: 404,
      body: { errors: [{ pointer: '/fqdn' }] },
    });
  });

  it('answers HEAD with what it would be', async () => {
    const pair = await Pair.registered(service);
    const head = async (fqdn: string) =>
      await documentedFetch(new URL(`/v1/pools/${fqdn}/live`, url), { method: 'HEAD' });
    const answer = await head(pair.primary);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect((await head('nowhere.contoso.com')).status).toBe(404);
  });
});
