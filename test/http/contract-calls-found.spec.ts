import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { fc, runs } from '../support/properties.js';
import { ask, callArrives, callConnects, callEnds, declareOutage } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

const day = '2026-03-02';
const at = (time: string): string => `${day}T${time}Z`;

/** The clock of the service: each command is recorded when it happened. */
let now = new Date(at('08:00:00'));
let service: Service;
let pair: Pair;
let calls: string;
const asked = async (query = '') => entries((await service.shown(`${calls}?limit=1000${query}`))['calls']);
const idsOf = (list: readonly JsonObject[]) => list.map(({ callId }) => textOf(callId));
const ids = async (query: string) => idsOf(await asked(query));

/** Gives a command at a time of the day. */
async function when(time: string, name: string, body: JsonObject, actor = 'cdr-feed'): Promise<void> {
  now = new Date(at(time));
  const answer = await service.when(ask(name, body), { 'x-actor': actor });
  if (answer.status !== 200) throw new Error(answer.text);
}

beforeAll(async () => {
  service = await Service.start({ clock: () => now });
  pair = await Pair.registered(service);
  calls = `/v1/pools/${pair.primary}/calls`;
  const arrives = (time: string, callId: string, responseGroup: string, caller?: string) =>
    when(time, 'report-call-arrived', {
      callId,
      pool: pair.primary,
      responseGroup,
      ...(caller === undefined ? {} : { caller }),
    });
  const answers = (time: string, callId: string, agent: string) =>
    when(time, 'report-call-connected', { callId, agent });
  await arrives('09:00:00', 'early', pair.regular, 'tel:+49301234567');
  await answers('09:00:20', 'early', pair.agentOfPrimary);
  await when('09:10:00', 'report-call-ended', { callId: 'early' });
  await arrives('10:00:00', 'long', pair.regular, 'tel:+49891111');
  await answers('10:00:30', 'long', pair.agentOfBackup);
  await arrives('10:15:00', 'cut', pair.anonymous, 'sip:eva@fabrikam.com');
  await answers('10:15:10', 'cut', pair.agentOfBackup);
  await answers('10:16:00', 'cut', pair.agentOfPrimary);
  await arrives('10:17:00', 'waiting', pair.regular);
  await when('10:20:00', 'declare-outage', { pool: pair.primary }, 'kim@contoso.com');
  await when('11:00:00', 'report-call-ended', { callId: 'long' });
  await arrives('11:30:00', 'turned-away', pair.regular, '030 999');
  now = new Date(at('12:00:00'));
});
afterAll(() => service.stop());

describe('A call', () => {
  it('has its times, and says who ended it or what cut it off', async () => {
    const [early, long, cut, waiting, turnedAway] = await asked();
    expect(early).toMatchObject({
      arrivedAt: at('09:00:00.000'),
      connectedAt: at('09:00:20.000'),
      endedAt: at('09:10:00.000'),
      endedBy: 'cdr-feed',
      cutOffBy: null,
      caller: 'tel:+49301234567',
      responseGroupName: `Callers of ${pair.regular}`,
    });
    expect(long).toMatchObject({ endedAt: at('11:00:00.000'), endedBy: 'cdr-feed' });
    expect(cut).toMatchObject({
      connectedAt: at('10:16:00.000'),
      endedAt: at('10:20:00.000'),
      endedBy: 'kim@contoso.com',
      cutOffBy: { pool: pair.primary, stage: 'outage' },
    });
    expect(waiting).toMatchObject({ connectedAt: null, endedAt: at('10:20:00.000'), caller: null });
    expect(turnedAway).toMatchObject({
      status: 'disconnected',
      arrivedAt: at('11:30:00.000'),
      endedAt: at('11:30:00.000'),
      endedBy: null,
      cutOffBy: null,
    });
    expect(await pair.call('cut')).toMatchObject({ ...cut, callId: 'cut' });
  });

  it('that is open has no end yet, whichever way it is looked for', async () => {
    const before = entries(
      (await service.shown(`${calls}?asOf=${at('10:18:00')}&status=connected`))['calls'],
    );
    expect(before).toMatchObject([
      { callId: 'long', endedAt: null, endedBy: null },
      { callId: 'cut', endedAt: null, cutOffBy: null, agent: pair.agentOfPrimary },
    ]);
  });
});

describe('Calls are found', () => {
  it('by the agent who answered last, with or without the scheme', async () => {
    expect(await ids(`&agent=${pair.agentOfPrimary}`)).toEqual(['early', 'cut']);
    expect(await ids(`&agent=${pair.agentOfBackup.slice('sip:'.length).toUpperCase()}`)).toEqual(['long']);
    expect(await ids(`&agent=nobody@contoso.com`)).toEqual([]);
  });

  it('by the caller, however the number is written', async () => {
    expect(await ids(`&caller=${encodeURIComponent('+49 (30) 123 45-67')}`)).toEqual(['early']);
    expect(await ids('&caller=EVA@fabrikam.com')).toEqual(['cut']);
    expect(await ids('&caller=030999')).toEqual(['turned-away']);
  });

  it('by the name of the response group as by its id', async () => {
    const name = encodeURIComponent(`callers OF ${pair.anonymous}`);
    expect(await ids(`&responseGroup=${name}`)).toEqual(['cut']);
    expect(await ids(`&responseGroup=${pair.anonymous}`)).toEqual(['cut']);
    expect(await service.get(`${calls}?responseGroup=${encodeURIComponent('Callers of who')}`)).toMatchObject(
      {
        status: 400,
        body: {
          errors: [
            { pointer: '/responseGroup', detail: expect.stringContaining(`"Callers of ${pair.anonymous}"`) },
          ],
        },
      },
    );
  });

  it('by the time at which they were under way: the one that was cut at 10:20', async () => {
    const span = `&from=${at('10:18:00')}&to=${at('10:22:00')}`;
    expect(await ids(span)).toEqual(['long', 'cut', 'waiting']);
    expect(await ids(`${span}&status=disconnected`)).toEqual(['cut', 'waiting']);
    expect(await ids(`${span}&status=disconnected&agent=${pair.agentOfPrimary}`)).toEqual(['cut']);
    expect(await ids(`&to=${at('09:30:00')}`)).toEqual(['early']);
    expect(await ids(`&from=${at('11:30:00')}`)).toEqual(['turned-away']);
  });

  it('with the latest first, page by page, now and at a moment; a cursor is of one order', async () => {
    for (const moment of ['', `&at=${at('11:00:00')}`, `&asOf=${at('11:00:00')}`, '&status=disconnected']) {
      const expected = (await ids(moment)).toReversed();
      expect(expected.length).toBeGreaterThan(2);
      const found: string[] = [];
      for (let cursor = ''; ;) {
        const page = await service.shown(`${calls}?limit=2&order=newest${moment}${cursor}`);
        found.push(...idsOf(entries(page['calls'])));
        if (page['next'] === null) break;
        cursor = `&cursor=${textOf(page['next'])}`;
        expect(await service.get(`${calls}?limit=2${moment}${cursor}`)).toMatchObject({
          status: 400,
          body: { errors: [{ pointer: '/cursor', detail: expect.stringContaining('the other order') }] },
        });
      }
      expect({ moment, found }).toEqual({ moment, found: expected });
    }
    const { next } = await service.shown(`${calls}?limit=2`);
    expect(await service.get(`${calls}?order=newest&cursor=${textOf(next)}`)).toMatchObject({ status: 400 });
  });

  it.each([
    [`from=${at('11:00:00')}&to=${at('10:00:00')}`, '/from'],
    ['from=yesterday', '/from'],
    ['to=2026-02-30T00:00:00Z', '/to'],
    ['agent=clara', '/agent'],
    ['order=latest', '/order'],
    ['caller=', '/caller'],
  ])('not with %s', async (query, pointer) => {
    expect(await service.get(`${calls}?${query}`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });
});

describe('Whatever is asked for', () => {
  it('pages of any size hold all that pass, each once, also where some of it was reported later', async () => {
    const other = await Pair.registered(service);
    const url = `/v1/pools/${other.primary}/calls`;
    const clock = (minute: number) => new Date(Date.parse(at('13:00:00')) + minute * 60_000);
    const agents = [other.agentOfPrimary, other.agentOfBackup];
    for (let minute = 0; minute < 90; minute += 1) {
      now = clock(minute);
      // Every third arrival and every fourth end is reported twenty minutes late.
      const happened = (late: boolean) => (late ? { occurredAt: clock(minute - 20).toISOString() } : {});
      const { body } = callArrives(
        `n-${minute}`,
        other.primary,
        minute % 2 === 0 ? other.regular : other.anonymous,
      );
      await service.given(ask('report-call-arrived', { ...body, ...happened(minute % 3 === 0) }));
      // Of a call that the outage has turned away it is refused.
      if (minute % 5 !== 0) await service.when(callConnects(`n-${minute}`, agents[minute % 2] ?? ''));
      const over = minute - (minute % 7) * 5;
      if (minute % 7 !== 0 && over >= 0 && minute !== 60) {
        const late = happened(minute % 4 === 0);
        await service.given(ask('report-call-ended', { ...callEnds(`n-${over}`).body, ...late }));
      }
      if (minute === 60) await service.given(declareOutage(other.primary));
      if (minute === 70) await service.given(ask('end-outage', { pool: other.primary }));
    }
    now = clock(100);
    const whole = entries((await service.shown(`${url}?limit=1000`))['calls']);
    expect(whole).toHaveLength(90);
    const minute = fc.integer({ min: -30, max: 95 });
    const optional = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
    const filters = fc.record({
      from: optional(minute),
      to: optional(minute),
      agent: optional(fc.constantFrom(...agents)),
      status: optional(fc.constantFrom('ended', 'disconnected', 'connected')),
      limit: fc.constantFrom(1, 3, 40, 1_000),
      order: optional(fc.constantFrom('oldest', 'newest')),
    });
    await fc.assert(
      fc.asyncProperty(filters, async ({ from, to, agent, status, limit, order }) => {
        fc.pre(from === undefined || to === undefined || from <= to);
        const [begin, end] = [from, to].map((one) =>
          one === undefined ? undefined : clock(one).toISOString(),
        );
        const expected = whole.filter(
          (call) =>
            (agent === undefined || call['agent'] === agent) &&
            (status === undefined || call['status'] === status) &&
            (end === undefined || textOf(call['arrivedAt']) <= end) &&
            (begin === undefined || call['endedAt'] === null || textOf(call['endedAt']) >= begin),
        );
        const given = Object.entries({ from: begin, to: end, agent, status, order }).flatMap(
          ([name, value]) => (value === undefined ? [] : [`&${name}=${value}`]),
        );
        const found: JsonObject[] = [];
        for (let cursor = ''; ;) {
          const page = await service.shown(`${url}?limit=${limit}${given.join('')}${cursor}`);
          found.push(...entries(page['calls']));
          if (page['next'] === null) break;
          cursor = `&cursor=${textOf(page['next'])}`;
        }
        expect(idsOf(found)).toEqual(idsOf(order === 'newest' ? expected.toReversed() : expected));
      }),
      { numRuns: runs(40) },
    );
  });
});
