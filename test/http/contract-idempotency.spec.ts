import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ask,
  callArrives,
  callOnBehalf,
  declareOutage,
  registerAgent,
  registerPair,
} from './support/commands.js';
import { freshMedium, type Medium } from './support/mediums.js';
import { entries, Pair } from './support/pair.js';
import { readLog } from '../store/support/checks.js';
import { Service, type Ask } from './support/service.js';
import { UnreliableStore } from './support/stores.js';

const keyed = (key: string) => ({ 'idempotency-key': key });

let medium: Medium;
let store: UnreliableStore;
let service: Service;
let pair: Pair;
beforeEach(async () => {
  medium = await freshMedium();
  store = new UnreliableStore(await medium.open());
  service = await Service.start({ store });
  pair = await Pair.registered(service);
});
afterEach(async () => {
  await service.stop();
  medium.release();
});

describe('A command that comes again with its Idempotency-Key', () => {
  it('gets the first answer word for word, and happens once', async () => {
    const first = await service.when(declareOutage(pair.primary), keyed('a'));
    await service.given(ask('end-outage', { pool: pair.primary }));
    const again = await service.when(declareOutage(pair.primary), keyed('a'));
    expect(first.status).toBe(200);
    expect(again).toMatchObject({ status: 200, text: first.text });
    expect(again.headers['etag']).toBe(first.headers['etag']);
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'normal' });
  });

  it('gets the first refusal word for word, though it would be accepted by now', async () => {
    const first = await service.when(ask('failback', { pool: pair.primary }), keyed('b'));
    await pair.reaches('failed-over');
    const again = await service.when(ask('failback', { pool: pair.primary }), keyed('b'));
    expect(first.status).toBe(409);
    expect(again).toMatchObject({ status: 409, text: first.text });
    expect(again.headers['content-type']).toMatch('application/problem+json');
    const trail = await service.shown(`/v1/pools/${pair.primary}/audit-trail?refused=true`);
    expect(entries(trail['entries'])).toHaveLength(1);
  });

  it('gets the first success without events word for word, though by now there would be some', async () => {
    const command = ask('report-back-end-database', { pool: pair.primary, state: 'unknown' });
    const first = await service.when(command, keyed('c'));
    expect(first).toMatchObject({ status: 200, body: { events: [] } });
    await service.given(ask('report-back-end-database', { pool: pair.primary, state: 'available' }));
    expect(await service.when(command, keyed('c'))).toMatchObject({ status: 200, text: first.text });
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ backEndDatabase: 'available' });
  });

  it.each(['place-call-on-behalf', 'register-pair', 'declare-site-outage'])(
    'shares one run with its overlapping repeats: %s',
    async (name) => {
      const command = {
        'place-call-on-behalf': callOnBehalf(pair.agentOfPrimary, pair.primary, pair.regular),
        'register-pair': registerPair('overlap-1.contoso.com', 'overlap-2.contoso.com'),
        'declare-site-outage': ask('declare-site-outage', { site: 'Overlap' }),
      }[name];
      if (command === undefined) throw new Error(`No command ${name}.`);
      await service.given(
        ask('register-pair', {
          pools: [{ fqdn: 'overlap-3.contoso.com', site: 'Overlap' }, { fqdn: 'overlap-4.contoso.com' }],
        }),
      );
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => service.when(command, keyed(`d-${name}`))));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(answers[0]).toMatchObject({ status: 200, body: { events: [{}] } });
    },
  );

  it('is 422 with another body, another command or another time of happening', async () => {
    await service.given();
    const command = declareOutage(pair.primary, { reason: 'Storm', occurredAt: '2026-01-01T00:00:00Z' });
    expect(await service.when(command, keyed('e'))).toMatchObject({ status: 200 });
    for (const other of [
      declareOutage(pair.primary, { reason: 'Flood', occurredAt: '2026-01-01T00:00:00Z' }),
      declareOutage(pair.primary, { reason: 'Storm', occurredAt: '2026-01-02T00:00:00Z' }),
      declareOutage(pair.primary, { reason: 'Storm' }),
      ask('end-outage', { pool: pair.primary }),
    ]) {
      const answer = await service.when(other, keyed('e'));
      expect(answer).toMatchObject({
        status: 422,
        body: { type: 'urn:poolkeeper:problem:idempotency-key-reused' },
      });
      expect(answer.headers['content-type']).toMatch('application/problem+json');
    }
  });

  it('is 422 also while the other command is under way', async () => {
    const answers = await Promise.all([
      service.when(declareOutage(pair.primary), keyed('f')),
      service.when(declareOutage(pair.backup), keyed('f')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 422]);
  });

  it('stores no event of its own for the key, but where nothing else is stored', async () => {
    const count = async (): Promise<number> => (await readLog(store)).length;
    const stored = async (command: Ask, key: string): Promise<number> => {
      const before = await count();
      await service.when(command, keyed(key));
      return (await count()) - before;
    };
    expect(await stored(declareOutage(pair.primary), 'n1')).toBe(1);
    expect(await stored(ask('failback', { pool: pair.primary }), 'n2')).toBe(1);
    expect(await stored(declareOutage(pair.primary), 'n3')).toBe(2);
    expect(await stored(declareOutage(pair.primary), 'n3')).toBe(0);
  });

  it('gets the first answer also where things have changed since', async () => {
    await service.given(callArrives('changing', pair.primary, pair.regular));
    const connects = ask('report-call-connected', { callId: 'changing', agent: pair.agentOfPrimary });
    const first = await service.when(connects, keyed('o'));
    await pair.reaches('failed-over');
    await service.given(ask('report-call-ended', { callId: 'changing' }));
    expect(await service.when(connects, keyed('o'))).toMatchObject({
      status: first.status,
      text: first.text,
    });
  });

  it('leaves a key unused that came with a request which was wrong by itself', async () => {
    expect(await service.when(ask('declare-outage', { pool: 7 }), keyed('g'))).toMatchObject({ status: 400 });
    expect(await service.when(declareOutage('nowhere.contoso.com'), keyed('g'))).toMatchObject({
      status: 404,
    });
    expect(await service.when(declareOutage(pair.primary), keyed('g'))).toMatchObject({ status: 200 });
  });

  it.each(['', 'x'.repeat(257)])('must have a key of 1 to 256 characters', async (key) => {
    const answer = await service.when(declareOutage(pair.primary), keyed(key));
    expect(answer.status).toBe(400);
    expect(answer.body['detail']).toMatch('idempotency-key');
  });
});

describe('A store that falls silent between what a command stores and its answer', () => {
  async function isNoticed(headers: Readonly<Record<string, string>>): Promise<void> {
    const command = declareOutage(pair.primary, { reason: 'Storm' });
    store.loseAnswerToNext('OutageDeclared');
    const first = await service.when(command, { ...keyed('h'), ...headers });
    expect(first).toMatchObject({ status: 200, body: { events: [{ type: 'OutageDeclared' }] } });
    const again = await service.when(command, { ...keyed('h'), ...headers });
    expect(again.text).toBe(first.text);
    const trail = await service.shown(`/v1/pools/${pair.primary}/audit-trail?type=OutageDeclared`);
    expect(entries(trail['entries'])).toHaveLength(1);
  }

  it('is noticed, for the log has the events', () => isNoticed({}));

  it('is noticed also where If-Match names the revision before the command', async () => {
    const { headers } = await service.get(`/v1/pools/${pair.primary}`);
    await isNoticed({ 'if-match': String(headers['etag']) });
  });

  it('is noticed for a refusal, which is recorded once', async () => {
    store.loseAnswerToNext('CommandRefused');
    const command = ask('failback', { pool: pair.primary });
    const first = await service.when(command, keyed('i'));
    expect(first).toMatchObject({ status: 409, body: { rule: 'stage-change' } });
    expect((await service.when(command, keyed('i'))).text).toBe(first.text);
    const trail = await service.shown(`/v1/pools/${pair.primary}/audit-trail?refused=true`);
    expect(entries(trail['entries'])).toHaveLength(1);
  });

  it('is mended between the receipts of a command that writes several streams', async () => {
    await service.given(
      ask('register-pair', {
        pools: [{ fqdn: 'site-1.contoso.com', site: 'Storm' }, { fqdn: 'site-2.contoso.com' }],
      }),
    );
    const command = ask('declare-site-outage', { site: 'Storm' });
    store.loseNext('CommandAnswered');
    expect(await service.when(command, keyed('s'))).toMatchObject({ status: 503 });
    const again = await service.when(command, keyed('s'));
    expect(again).toMatchObject({ status: 200, body: { events: [{ type: 'OutageDeclared' }] } });
    expect((await service.when(command, keyed('s'))).text).toBe(again.text);
  });

  it('writes nothing where the events themselves were lost, and does it when asked again', async () => {
    store.loseNext('OutageDeclared');
    expect(await service.when(declareOutage(pair.primary), keyed('j'))).toMatchObject({ status: 503 });
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'normal' });
    expect(await service.when(declareOutage(pair.primary), keyed('j'))).toMatchObject({
      status: 200,
      body: { events: [{ type: 'OutageDeclared' }] },
    });
  });

  it('is mended between the two streams of a pair that is registered', async () => {
    store.loseNext('PairRegistered');
    const command = registerPair('torn-1.contoso.com', 'torn-2.contoso.com');
    expect(await service.when(command, keyed('k'))).toMatchObject({ status: 503 });
    expect(await service.when(registerAgent('sip:torn@contoso.com', 'torn-1.contoso.com'))).toMatchObject({
      status: 404,
    });
    const again = await service.when(command, keyed('k'));
    expect(again).toMatchObject({ status: 200, body: { events: [{ type: 'PairRegistered' }] } });
  });
});

describe('After a restart on the same log', () => {
  let disk: Medium;
  let services: Service[];
  beforeEach(async () => {
    disk = await freshMedium('sqlite');
    services = [];
  });
  afterEach(async () => {
    for (const service of services) await service.stop();
    disk.release();
  });

  const start = async (): Promise<Service> => {
    const service = await Service.start({ store: await disk.open() });
    services.push(service);
    await service.caughtUp();
    return service;
  };

  it('a repeat still gets the first answer, and everything is as it was', async () => {
    const before = await start();
    const kept = await Pair.withImport(before);
    await kept.reaches('failed-over');
    const arrival = callArrives('kept', kept.primary, kept.regular);
    const first = await before.when(arrival, keyed('l'));
    const onBehalf = callOnBehalf(kept.agentOfPrimary, kept.primary, kept.regular);
    const placed = await before.when(onBehalf, keyed('n'));
    const refusal = await before.when(ask('end-outage', { pool: kept.primary }), keyed('m'));
    const connects = ask('report-call-connected', { callId: 'kept', agent: kept.agentOfPrimary });
    const connected = await before.when(connects, keyed('o'));
    await before.given(ask('failback', { pool: kept.primary }));
    const changed = await before.when(ask('report-call-ended', { callId: 'kept' }), keyed('p'));
    expect([placed.status, connected.status, changed.status]).toEqual([200, 200, 200]);
    // Nobody waits for the views to show a refusal.
    await before.caughtUp();
    const url = `/v1/pools/${kept.primary}/call-status`;
    const shown = await before.shown(url);
    await before.stop();

    const after = await start();
    expect(await after.when(arrival, keyed('l'))).toMatchObject({ status: 200, text: first.text });
    // How the call stood then is read back from the log.
    for (const [ask, key, answer] of [
      [onBehalf, 'n', placed],
      [connects, 'o', connected],
    ] as const) {
      expect(await after.when(ask, keyed(key))).toMatchObject({ status: answer.status, text: answer.text });
    }
    expect(await after.when(ask('end-outage', { pool: kept.primary }), keyed('m'))).toMatchObject({
      status: 409,
      text: refusal.text,
    });
    expect(await after.shown(url)).toEqual(shown);
    expect(await after.shown('/v1/verification')).toMatchObject({ whole: true, broken: null });
  });
});
