/** A time is corrected across streams: what stands in others, and could not have happened then, has to go first. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import {
  ask,
  callArrives,
  callConnects,
  createAgentGroup,
  createWorkflow,
  declareOutage,
  moveAgent,
  registerAgent,
  registerPair,
  signIn,
} from './support/commands.js';
import { entries } from './support/pair.js';
import { clockedService } from './support/clocked.js';
import type { Ask } from './support/service.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';
const kim = 'sip:kim@contoso.com';
const lee = 'sip:lee@contoso.com';
const day = clockedService('2026-03-02');
const { at, set, tell } = day;

const ids = new Map<string, string>();
beforeEach(() => ids.clear());

async function name(one: string, time: string, command: Ask): Promise<void> {
  const { events } = await tell(time, command);
  ids.set(one, textOf(entries(events)[0]?.['id'] ?? ''));
}
const idOf = (name: string): string => ids.get(name) ?? `no ${name}`;
const correct = (name: string, time: string) =>
  day.service.when(ask('correct-time', { eventId: idOf(name), occurredAt: at(time), reason: 'By the log' }));

/** All that was recorded at once, at the end of the day. */
async function morning(): Promise<void> {
  const told: readonly (readonly [string, string, Ask])[] = [
    ['pair', '08:00', registerPair(a, b)],
    ['kim', '08:10', registerAgent(kim, a)],
    ['lee', '08:12', registerAgent(lee, a)],
    ['group', '08:20', createAgentGroup(a, 'first-line', [kim, lee])],
    ['workflow', '08:30', createWorkflow(a, 'desk')],
    ['sign-in', '08:40', signIn(kim, a, 'first-line')],
    ['arrival', '09:00', callArrives('c-1', a, 'desk')],
    ['connection', '09:05', callConnects('c-1', kim)],
    ['move', '09:30', moveAgent(lee, b)],
    ['outage', '10:00', declareOutage(a)],
  ];
  for (const [one, time, { name: verb, body }] of told)
    await name(one, '18:00', ask(verb, { ...body, occurredAt: at(time) }));
}

describe('A time that other streams need is refused with what has to be corrected first, and taken afterwards', () => {
  beforeEach(morning);

  it.each([
    ['a workflow, which a call came for', 'workflow', '09:02', ['arrival']],
    ['an agent group, which an agent signed in to', 'group', '08:50', ['sign-in']],
    ['an agent, who signed in and answered a call', 'kim', '09:10', ['connection', 'sign-in']],
    ['a move, before the agent was registered', 'move', '08:11', ['move']],
    ['a pair, which a call came to', 'pair', '09:04', ['arrival']],
    ['an arrival, before its response group was there', 'arrival', '08:25', ['arrival']],
    ['a connection, before the agent was registered', 'connection', '08:05', ['connection']],
    ['a sign-in, before the agent group was there', 'sign-in', '08:15', ['sign-in']],
  ] as const)('%s', async (_, name, time, needing) => {
    const { status, body } = await correct(name, time);
    expect({ status, rule: body['rule'] }).toEqual({ status: 409, rule: 'later-facts-need-its-time' });
    for (const one of needing) expect(textOf(body['detail'])).toContain(idOf(one));
    const others = needing.filter((one) => one !== name).map((one) => `correct-time ${idOf(one)}`);
    expect(body['allowed']).toEqual(expect.arrayContaining(['occurredAt', ...others]));
  });

  it('a workflow and its call, the last one first', async () => {
    for (const [name, time, first] of [
      ['workflow', '09:02', 'arrival'],
      ['arrival', '09:06', 'connection'],
    ] as const) {
      const { body } = await correct(name, time);
      expect(body['allowed']).toEqual(['occurredAt', `correct-time ${idOf(first)}`]);
    }
    expect((await correct('connection', '09:08')).status).toBe(200);
    expect((await correct('arrival', '09:06')).status).toBe(200);
    expect((await correct('workflow', '09:02')).status).toBe(200);
    const { contradicted } = await day.service.shown(`/v1/pools/${a}/calls?at=${at('18:00')}`);
    expect(contradicted).toBeUndefined();
  });

  it('and what nothing elsewhere needs is taken at once', async () => {
    for (const [name, time] of [
      ['workflow', '08:59'],
      ['outage', '09:45'],
      ['move', '09:20'],
      ['arrival', '09:04'],
    ] as const)
      expect({ name, status: (await correct(name, time)).status }).toEqual({ name, status: 200 });
  });
});

describe('When a pool left a pair', () => {
  it('stays as it was recorded, for two streams say it', async () => {
    await name('pair', '08:00', registerPair(a, b));
    await name('end', '09:00', ask('unpair', { pool: b, reason: 'It moves' }));
    await name('again', '10:00', registerPair(a, 'pool-c.contoso.com'));
    const { entries: trail } = await day.service.shown(`/v1/pools/${b}/audit-trail?limit=100`);
    const left = entries(trail).find(({ type }: JsonObject) => type === 'PoolLeft');
    if (left !== undefined) ids.set('left', textOf(left['id']));
    expect(ids.has('left')).toBe(true);
    for (const name of ['end', 'again', 'left'])
      expect({ name, body: (await correct(name, '08:30')).body }).toMatchObject({
        name,
        body: { rule: 'registration-stays', allowed: ['eventId'] },
      });
    expect((await correct('pair', '07:50')).status).toBe(200);
  });
});

describe('The calls of an incident whose outage has another time by now', () => {
  it('say that they are those of the order of the log, and follow the times with at', async () => {
    await name('pair', '08:00', registerPair(a, b));
    await name('workflow', '08:30', createWorkflow(a, 'desk'));
    await name('early', '09:00', callArrives('c-1', a, 'desk'));
    await name('outage', '09:20', declareOutage(a));
    await name('noted', '09:25', ask('annotate-incident', { pool: a, text: 'Smoke' }));
    const incident = async (query = '') => {
      const { incidents } = await day.service.shown(`/v1/pools/${a}/incidents`);
      const id = textOf(entries(incidents)[0]?.['id']);
      return await day.service.shown(`/v1/incidents/${id}${query}`);
    };
    const before = await incident();
    expect(before['cutOff']).toMatchObject({ total: 1 });
    expect(before['cutOff']).not.toHaveProperty('order');
    set('10:00');
    expect(await correct('noted', '09:23')).toMatchObject({ status: 200 });
    expect((await incident())['cutOff']).not.toHaveProperty('order');
    expect(await correct('outage', '08:50')).toMatchObject({ status: 200 });
    const after = await incident();
    expect(after).toMatchObject({ opened: at('08:50'), cutOff: { total: 1, order: 'log' } });
    expect((await incident(`?at=${at('09:30')}`))['cutOff']).not.toHaveProperty('order');
    expect((await incident(`?asOf=${textOf(before['position'])}`))['cutOff']).not.toHaveProperty('order');
    const id = textOf(after['id']);
    for (const format of ['markdown', 'html']) {
      const { text } = await day.service.get(`/v1/incidents/${id}/report?format=${format}`);
      expect(text).toContain('cut off in the order of the log');
    }
  });
});
