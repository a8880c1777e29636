import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { SqliteSnapshots } from '../../src/runtime/projections/snapshots/sqlite-snapshots.js';
import {
  ask,
  callArrives,
  callConnects,
  callEnds,
  importGroups,
  recordExport,
  signIn,
} from './support/commands.js';
import { freshMedium, type Medium } from './support/mediums.js';
import { entries, Pair } from './support/pair.js';
import { twinsInThisProcess, type Instance } from './support/instances.js';
import { Service, type Ask } from './support/service.js';

/** A clock that is set by hand. */
let now = '2026-11-24T03:00:00.000Z';
const clock = () => new Date(now);

let medium: Medium;
let service: Service;
let pair: Pair;
beforeEach(async () => {
  now = '2026-11-24T03:00:00.000Z';
  medium = await freshMedium();
  service = await Service.start({ clock, store: await medium.open(clock) });
  pair = await Pair.withImport(service);
  now = '2026-11-24T03:10:00.000Z';
});
afterEach(async () => {
  await service.stop();
  medium.release();
});

/** The ids of the events that a command stored. */
async function stored(name: string, body: JsonObject): Promise<readonly string[]> {
  const { status, body: answer, text } = await service.when(ask(name, body));
  if (status !== 200) throw new Error(`${name}: ${text}`);
  return entries(answer['events']).map(({ id }) => textOf(id));
}
const oneOf = async (name: string, body: JsonObject): Promise<string> =>
  (await stored(name, body)).at(0) ?? '';
const retract = (eventId: string) => ask('retract', { eventId, reason: 'A mistake' });
const position = async (): Promise<string> => String(await service.poolkeeper.store.lastPosition());

describe('A correction that much stands in the way of', () => {
  it('names what goes first, says how many there are, and is possible once all of them have gone', async () => {
    const object = { pool: pair.primary, kind: 'workflow', id: 'busy', tool: 'managementShell' };
    const created = await oneOf('create-object', {
      ...object,
      name: 'Busy desk',
      properties: { primaryUri: 'sip:busy@contoso.com' },
    });
    const ids: string[] = [];
    for (let edit = 1; edit <= 23; edit += 1)
      ids.push(await oneOf('modify-object', { ...object, properties: { description: `Edit ${edit}` } }));
    const { status, body } = await service.when(retract(created));
    expect({ status, rule: body['rule'] }).toEqual({ status: 409, rule: 'later-facts-need-it' });
    expect(body['detail']).toContain('There are 23 of them');
    expect(body['allowed']).toEqual(
      ids
        .slice(-20)
        .toReversed()
        .map((id) => `retract ${id}`),
    );
    for (let asked = 0; asked < 3; asked += 1) {
      const { body: refusal } = await service.when(retract(created));
      const ways = Array.isArray(refusal['allowed']) ? refusal['allowed'] : [];
      for (const way of ways) await service.given(retract(textOf(way).replace('retract ', '')));
    }
    expect(await service.when(retract(created))).toMatchObject({
      status: 409,
      body: { rule: 'already-retracted' },
    });
  });

  it('likewise where a time is corrected past what happened after it', async () => {
    now = '2026-11-24T04:00:00.000Z';
    const object = { pool: pair.primary, kind: 'workflow', id: 'busy', tool: 'managementShell' };
    const told = (minute: number) => ({
      occurredAt: new Date(Date.parse(now) - (60 - minute) * 60_000).toISOString(),
    });
    const created = await oneOf('create-object', {
      ...object,
      ...told(10),
      name: 'Busy desk',
      properties: { primaryUri: 'sip:busy@contoso.com' },
    });
    const ids: string[] = [];
    for (let edit = 1; edit <= 23; edit += 1)
      ids.push(
        await oneOf('modify-object', {
          ...object,
          ...told(10 + edit),
          properties: { description: `Edit ${edit}` },
        }),
      );
    const later = { eventId: created, reason: 'A mistake', ...told(50) };
    const { status, body } = await service.when(ask('correct-time', later));
    expect({ status, rule: body['rule'] }).toEqual({ status: 409, rule: 'later-facts-need-its-time' });
    expect(body['detail']).toContain('There are 23 of them');
    expect(body['allowed']).toEqual([
      'occurredAt',
      ...ids
        .slice(-20)
        .toReversed()
        .map((id) => `correct-time ${id}`),
    ]);
  });
});

const views = (): readonly string[] => [
  `/v1/pools/${pair.primary}`,
  `/v1/pools/${pair.primary}/visibility`,
  `/v1/pools/${pair.primary}/editability`,
  `/v1/pools/${pair.primary}/call-status`,
  `/v1/pools/${pair.primary}/calls`,
  `/v1/pools/${pair.primary}/exports`,
  `/v1/pools/${pair.primary}/readiness`,
  `/v1/pools/${pair.primary}/runbook`,
  `/v1/pools/${pair.primary}/statements`,
  `/v1/pools/${pair.primary}/incidents`,
  '/v1/incidents',
  `/v1/agents/${pair.agentOfPrimary}/console`,
];
const withoutMoment = ({ asOf: _asOf, position: _position, ...content }: JsonObject): JsonObject => content;
const shownNow = async (of = service) =>
  await Promise.all(views().map(async (url) => withoutMoment(await of.shown(url))));
const shownAsOf = async (moment: string) =>
  await Promise.all(views().map(async (url) => (await service.get(`${url}?asOf=${moment}`)).text));
const isFaithful = async () =>
  expect(await service.shown('/v1/verification')).toMatchObject({ whole: true, faithful: true });

describe('An event that was recorded by mistake', () => {
  it('is taken from every view, with what followed from it, and what was believed stays', async () => {
    const { id: call } = await pair.newCall();
    const before = await shownNow();
    const outage = await oneOf('declare-outage', { pool: pair.primary });
    expect(await pair.call(call)).toMatchObject({ status: 'disconnected' });
    const believed = await position();
    const then = await shownAsOf(believed);
    await service.given(retract(outage));
    expect(await pair.call(call)).toMatchObject({ status: 'in-progress' });
    expect(await shownNow()).toEqual(before);
    expect(await shownAsOf(believed)).toEqual(then);
    expect(await service.shown(`/v1/calls/${call}?asOf=${believed}`)).toMatchObject({
      status: 'disconnected',
    });
    await isFaithful();
  });

  it('stands struck through in the audit trail, with what followed from it, beside what took it back', async () => {
    await pair.newCall();
    const outage = await oneOf('declare-outage', { pool: pair.primary });
    const retraction = await oneOf('retract', { eventId: outage, reason: 'A drill' });
    const { entries: trail } = await service.shown(`/v1/pools/${pair.primary}/audit-trail?limit=1000`);
    const retractedBy = { event: retraction, reason: 'A drill', at: now };
    expect(entries(trail).slice(-3)).toMatchObject([
      { id: outage, type: 'OutageDeclared', retractedBy, causes: [`${outage}/1`] },
      { id: `${outage}/1`, type: 'CallsCutOff', retractedBy },
      { id: retraction, type: 'EventRetracted', withdraws: [outage, `${outage}/1`], pool: pair.primary },
    ]);
    expect(
      entries(trail)
        .slice(0, -3)
        .filter((entry) => 'retractedBy' in entry),
    ).toEqual([]);
    const { text } = await service.get(`/v1/pools/${pair.primary}/audit-trail?format=csv`);
    const [head = '', ...rows] = text.trimEnd().split('\r\n');
    expect(head.endsWith(',retractedBy,correctedBy')).toBe(true);
    expect(rows.filter((row) => row.endsWith(`,${retraction},`))).toHaveLength(2);
  });

  it('leaves room for what follows: commands are decided without it', async () => {
    const outage = await oneOf('declare-outage', { pool: pair.primary });
    await service.given(retract(outage));
    expect(await service.when(ask('end-outage', { pool: pair.primary }))).toMatchObject({ status: 409 });
    await service.given(ask('declare-outage', { pool: pair.primary }));
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'outage' });
    await isFaithful();
  });

  it('is not there after a restart either, from snapshots or from the log alone', async () => {
    const snapshots = SqliteSnapshots.inMemory();
    await service.stop();
    service = await Service.start({ clock, store: await medium.open(clock), snapshots });
    pair = pair.in(service);
    const { id: call } = await pair.newCall();
    const before = await shownNow();
    const outage = await oneOf('declare-outage', { pool: pair.primary });
    const believed = await position();
    await service.poolkeeper.runner.snapshotter.finish();
    await service.given(retract(outage));
    await service.given(callEnds(call));
    const after = await shownNow();
    expect(after[0]).toEqual(before[0]);
    const then = await shownAsOf(believed);
    for (const cache of [SqliteSnapshots.inMemory(), undefined]) {
      await service.stop();
      service = await Service.start({
        clock,
        store: await medium.open(clock),
        ...(cache === undefined ? {} : { snapshots: cache }),
      });
      await service.caughtUp();
      expect(await shownNow()).toEqual(after);
      expect(await shownAsOf(believed)).toEqual(then);
      await isFaithful();
    }
  });

  it('may be a call that nobody made: its id is free again', async () => {
    const before = await shownNow();
    const arrival = await oneOf('report-call-arrived', {
      callId: 'wrong-number',
      pool: pair.primary,
      responseGroup: pair.regular,
    });
    const reported = await position();
    await service.given(retract(arrival));
    expect(await shownNow()).toEqual(before);
    expect(await service.get('/v1/calls/wrong-number')).toMatchObject({ status: 404 });
    expect(await service.shown(`/v1/calls/wrong-number?asOf=${reported}`)).toMatchObject({
      status: 'in-progress',
    });
    await service.given(
      callArrives('wrong-number', pair.primary, pair.regular),
      callConnects('wrong-number', pair.agentOfPrimary),
    );
    expect(await service.shown('/v1/calls/wrong-number')).toMatchObject({
      status: 'connected',
      history: [{ what: 'arrived' }, { what: 'connected' }],
    });
    expect(entries((await service.shown(`/v1/pools/${pair.primary}/calls`))['calls'])).toHaveLength(1);
    await isFaithful();
  });

  it('may be what an agent did', async () => {
    const before = await shownNow();
    const signedIn = await oneOf('sign-in-agent', {
      agent: pair.agentOfPrimary,
      pool: pair.primary,
      agentGroup: pair.ownGroup,
    });
    const signed = await shownNow();
    expect(signed).not.toEqual(before);
    await service.given(retract(signedIn));
    expect(await shownNow()).toEqual(before);
    await service.given(signIn(pair.agentOfPrimary, pair.primary, pair.ownGroup));
    expect((await shownNow()).at(-1)).toMatchObject({ objects: expect.anything() as unknown });
    await isFaithful();
  });

  it('stays where later facts need it, which are named with what has to go first', async () => {
    const outage = await oneOf('declare-outage', { pool: pair.primary });
    const began = await oneOf('initiate-failover', { pool: pair.primary });
    const completed = await oneOf('complete-failover', { pool: pair.primary });
    expect(await service.when(retract(outage))).toMatchObject({
      status: 409,
      body: { rule: 'later-facts-need-it', allowed: [`retract ${completed}`, `retract ${began}`] },
    });
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'failed-over' });
    await service.given(retract(completed), retract(began), retract(outage));
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({
      stage: 'normal',
      incident: null,
    });
    await isFaithful();
  });

  it('stays where facts in other streams need it: calls, and agents who signed in', async () => {
    const workflow = await oneOf('create-object', {
      pool: pair.primary,
      kind: 'workflow',
      id: 'new-line',
      name: 'New line',
      properties: { primaryUri: 'sip:newline@contoso.com' },
      tool: 'managementShell',
    });
    const arrival = await oneOf('report-call-arrived', {
      callId: 'first-caller',
      pool: pair.primary,
      responseGroup: 'new-line',
    });
    expect(await service.when(retract(workflow))).toMatchObject({
      status: 409,
      body: { rule: 'later-facts-need-it', allowed: [`retract ${arrival}`] },
    });
    await service.given(retract(arrival), retract(workflow));
    const group = await oneOf('create-object', {
      pool: pair.primary,
      kind: 'agent-group',
      id: 'night',
      name: 'Night',
      properties: { participationPolicy: 'Formal', agentsByUri: [pair.agentOfPrimary] },
      tool: 'managementShell',
    });
    const signedIn = await oneOf('sign-in-agent', {
      agent: pair.agentOfPrimary,
      pool: pair.primary,
      agentGroup: 'night',
    });
    expect(await service.when(retract(group))).toMatchObject({
      status: 409,
      body: { rule: 'later-facts-need-it', allowed: [`retract ${signedIn}`] },
    });
    await service.given(retract(signedIn), retract(group));
    await isFaithful();
  });

  it('goes with its import, where nobody edited the copies', async () => {
    const { body } = await service.when(recordExport(pair.backup));
    const exported = textOf(entries(body['events'])[0]?.['id']);
    const imported = await oneOf(
      'import-response-groups',
      importGroups(pair.primary, textOf(body['exportId'])).body,
    );
    expect(await service.when(retract(exported))).toMatchObject({
      status: 409,
      body: { rule: 'later-facts-need-it', allowed: [`retract ${imported}`] },
    });
    await service.given(retract(imported), retract(exported));
    await isFaithful();
  });
});

describe('A retraction', () => {
  it('is of an event that there is, and of a fact, once', async () => {
    const outage = await oneOf('declare-outage', { pool: pair.primary });
    await service.when(ask('failback', { pool: pair.primary }));
    const { entries: trail } = await service.shown(`/v1/pools/${pair.primary}/audit-trail?limit=1000`);
    const refusal = entries(trail).find(({ refused }) => refused === true);
    const registration = entries(trail).find(({ type }) => type === 'PairRegistered');
    expect(await service.when(retract('no-such-event'))).toMatchObject({
      status: 404,
      body: { errors: [{ pointer: '/eventId' }] },
    });
    expect(await service.when(retract(textOf(refusal?.['id'])))).toMatchObject({
      status: 409,
      body: { rule: 'only-facts-are-corrected' },
    });
    expect(await service.when(retract(textOf(registration?.['id'])))).toMatchObject({
      status: 409,
      body: { rule: 'registration-stays', allowed: ['unregister-pair'] },
    });
    const retraction = await oneOf('retract', { eventId: outage, reason: 'A drill' });
    expect(await service.when(retract(outage))).toMatchObject({
      status: 409,
      body: { rule: 'already-retracted' },
    });
    expect(await service.when(retract(retraction))).toMatchObject({
      status: 409,
      body: { rule: 'corrections-stay', allowed: ['declare-outage'] },
    });
    expect(await service.when(ask('retract', { eventId: outage }))).toMatchObject({ status: 400 });
  });

  it('is previewed with what it would change, and nothing is stored', async () => {
    await pair.newCall();
    const outage = await oneOf('declare-outage', { pool: pair.primary });
    const believed = await shownNow();
    const preview = await service.send({
      method: 'POST',
      url: '/v1/commands/retract?preview=true',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ eventId: outage, reason: 'A drill' }),
    });
    expect(preview).toMatchObject({
      status: 200,
      body: {
        outcome: 'accepted',
        events: [{ type: 'EventRetracted', data: { eventId: outage } }],
        warnings: [],
        effects: {
          stage: { from: 'outage', to: 'normal' },
          calls: { cutOff: 0, byStatement: {}, byResponseGroup: [], withdrawn: 1 },
        },
      },
    });
    expect(await shownNow()).toEqual(believed);
    await service.given(retract(outage));
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'normal' });
  });

  it('leaves the answers to earlier keys as they were', async () => {
    const key = { 'idempotency-key': 'storm' };
    const declaring = ask('declare-outage', { pool: pair.primary });
    const first = await service.when(declaring, key);
    await service.given(retract(textOf(entries(first.body['events'])[0]?.['id'])));
    const again = await service.when(declaring, key);
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'normal' });
  });
});

describe('A pair of which everything was retracted', () => {
  it('can be unregistered, as if nothing had been recorded of it', async () => {
    const pools = [{ fqdn: 'typo-a.contoso.com' }, { fqdn: 'typo-b.contoso.com' }] as const;
    await service.given(ask('register-pair', { pools: [...pools] }));
    const registered = await oneOf('register-agent', {
      agent: 'sip:typo@contoso.com',
      homePool: pools[0].fqdn,
    });
    const outage = await oneOf('declare-outage', { pool: pools[0].fqdn });
    const unregistering = ask('unregister-pair', { pool: pools[0].fqdn });
    expect(await service.when(unregistering)).toMatchObject({ status: 409 });
    await service.given(retract(registered), retract(outage), unregistering);
    await isFaithful();
  });
});

describe('A time that was reported wrongly', () => {
  it('is corrected from then on, and what was believed stays', async () => {
    const outage = await oneOf('declare-outage', { pool: pair.primary });
    const believed = await position();
    const then = await shownAsOf(believed);
    const occurredAt = '2026-11-24T03:02:00.000Z';
    await service.given(ask('correct-time', { eventId: outage, occurredAt, reason: 'The clock was late' }));
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ since: occurredAt });
    expect(await shownAsOf(believed)).toEqual(then);
    const { entries: trail } = await service.shown(`/v1/pools/${pair.primary}/audit-trail?limit=1000`);
    expect(entries(trail).find(({ id }) => id === outage)).toMatchObject({
      correctedBy: { reason: 'The clock was late' },
    });
    const again = await service.when(ask('correct-time', { eventId: outage, occurredAt, reason: 'Again' }));
    expect(again).toMatchObject({ status: 200, body: { events: [] } });
    await isFaithful();
  });

  it('is not in the future, not after its recording, and not before what it follows', async () => {
    const outage = await oneOf('declare-outage', { pool: pair.primary });
    const began = await oneOf('initiate-failover', { pool: pair.primary });
    const correct = (eventId: string, occurredAt: string) =>
      service.when(ask('correct-time', { eventId, occurredAt, reason: 'Mistaken' }));
    expect(await correct(outage, '2027-01-01T00:00:00Z')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/occurredAt' }] },
    });
    now = '2026-11-24T03:30:00.000Z';
    expect(await correct(began, '2026-11-24T03:20:00Z')).toMatchObject({
      status: 409,
      body: { rule: 'recorded-once-it-happened', allowed: [`retract ${began}`] },
    });
    expect(await correct(began, '2026-11-24T03:05:00Z')).toMatchObject({
      status: 409,
      body: { rule: 'later-facts-need-its-time' },
    });
  });
});

describe('Two instances on one log', () => {
  it('both go without what one of them retracted', async () => {
    const twins = await twinsInThisProcess();
    try {
      const [one, other] = twins.both;
      const pool = 'twin-a.contoso.com';
      const given = async (instance: Instance, command: Ask): Promise<JsonObject> => {
        const answer = await instance.when(command);
        if (answer?.status !== 200) throw new Error(answer?.text ?? 'no answer');
        return JSON.parse(answer.text) as JsonObject;
      };
      await given(one, ask('register-pair', { pools: [{ fqdn: pool }, { fqdn: 'twin-b.contoso.com' }] }));
      const declared = await given(other, ask('declare-outage', { pool }));
      const id = textOf(entries(declared['events'])[0]?.['id']);
      const { position: at } = await given(one, retract(id));
      for (const instance of twins.both) {
        const url = `/v1/pools/${pool}?minPosition=${textOf(at)}`;
        expect(await instance.shown(url)).toMatchObject({ stage: 'normal' });
      }
      await given(other, ask('declare-outage', { pool }));
      expect(await other.shown(`/v1/pools/${pool}`)).toMatchObject({ stage: 'outage' });
    } finally {
      await twins.stop();
    }
  });
});
