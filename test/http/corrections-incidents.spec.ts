import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import { ask } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

/** A clock that is set by hand. */
let now = '2026-10-05T08:00:00.000Z';
const clock = () => new Date(now);

let table: MemoryTable;
let service: Service;
let pair: Pair;
beforeEach(async () => {
  now = '2026-10-05T08:00:00.000Z';
  table = new MemoryTable();
  service = await Service.start({ clock, store: openMemoryStore({ clock, table }) });
  pair = await Pair.withImport(service);
});
afterEach(async () => {
  await service.stop();
});

async function stored(name: string, body: JsonObject): Promise<string> {
  const { status, body: answer, text } = await service.when(ask(name, body));
  if (status !== 200) throw new Error(`${name}: ${text}`);
  return textOf(entries(answer['events'])[0]?.['id']);
}
const retract = (eventId: string) => ask('retract', { eventId, reason: 'The wrong pool' });
const incidentsOf = async (pool: string) =>
  entries((await service.shown(`/v1/pools/${pool}/incidents`))['incidents']);
const incident = (id: unknown) => service.shown(`/v1/incidents/${textOf(id)}`);

describe('What was said of an incident', () => {
  it('has to be retracted before its outage; what was aimed at stays', async () => {
    const pool = pair.primary;
    await service.given(ask('set-targets', { pool, recoveryTime: 'PT40M' }));
    const outage = await stored('declare-outage', { pool });
    const note = await stored('annotate-incident', { pool, text: 'The switch was rebooted' });
    const tick = await stored('tick-step', { pool, step: 'central-management' });
    expect(await service.when(retract(outage))).toMatchObject({
      status: 409,
      body: { rule: 'later-facts-need-it', allowed: [`retract ${tick}`, `retract ${note}`] },
    });
    expect(await incidentsOf(pool)).toHaveLength(1);
    await service.given(retract(tick), retract(note), retract(outage));
    expect(await incidentsOf(pool)).toEqual([]);
    expect(await service.when(retract(await retractionOf(note)))).toMatchObject({
      body: { rule: 'corrections-stay', allowed: ['annotate-incident'] },
    });
    await service.given(ask('declare-outage', { pool }));
    const [again] = await incidentsOf(pool);
    const { notes, recoveryTime } = await incident(again?.['id']);
    expect(notes).toEqual([]);
    expect(recoveryTime).toMatchObject({ target: 2_400_000 });
    expect(await service.shown('/v1/verification')).toMatchObject({ whole: true, faithful: true });
  });

  it('does not become a note on the incident before', async () => {
    const pool = pair.primary;
    await service.given(ask('declare-outage', { pool }));
    now = '2026-10-05T08:10:00.000Z';
    await service.given(ask('end-outage', { pool }));
    now = '2026-10-05T09:00:00.000Z';
    const mistaken = await stored('declare-outage', { pool });
    const note = await stored('annotate-incident', { pool, text: 'Power is out' });
    expect(await service.when(retract(mistaken))).toMatchObject({
      status: 409,
      body: { rule: 'later-facts-need-it', allowed: [`retract ${note}`] },
    });
    await service.given(retract(note), retract(mistaken));
    const [first] = await incidentsOf(pool);
    expect((await incident(first?.['id']))['notes']).toEqual([]);
  });

  it('stays with it where an earlier incident of the partner is retracted', async () => {
    const [mistaken, real] = [pair.backup, pair.primary];
    const outage = await stored('declare-outage', { pool: mistaken });
    now = '2026-10-05T08:05:00.000Z';
    const end = await stored('end-outage', { pool: mistaken });
    now = '2026-10-05T09:00:00.000Z';
    await service.given(
      ask('declare-outage', { pool: real }),
      ask('annotate-incident', { pool: real, text: 'Water in the basement' }),
      ask('tick-step', { pool: real, step: 'central-management' }),
    );
    const [before] = await incidentsOf(real);
    const shown = await incident(before?.['id']);
    await service.given(retract(end), retract(outage));
    const [after] = await incidentsOf(real);
    expect(after?.['id']).toBe(before?.['id']);
    const { notes, steps } = await incident(after?.['id']);
    expect(notes).toMatchObject([{ text: 'Water in the basement' }]);
    expect({ notes, steps }).toEqual({ notes: shown['notes'], steps: shown['steps'] });
  });

  it('keeps its time after the outage', async () => {
    const pool = pair.primary;
    now = '2026-10-05T09:00:00.000Z';
    const outage = await stored('declare-outage', { pool });
    now = '2026-10-05T09:10:00.000Z';
    const tick = await stored('tick-step', { pool, step: 'central-management' });
    const occurredAt = '2026-10-05T08:50:00.000Z';
    expect(
      await service.when(ask('correct-time', { eventId: tick, occurredAt, reason: 'Typed wrongly' })),
    ).toMatchObject({ status: 409, body: { rule: 'later-facts-need-its-time' } });
    await service.given(ask('correct-time', { eventId: outage, occurredAt, reason: 'Seen earlier' }));
  });
});

describe('An incident that was given out', () => {
  it('answers as retracted, with who did it and what was believed, and those after it keep their ids', async () => {
    const [mistaken, real] = [pair.backup, pair.primary];
    const outage = await stored('declare-outage', { pool: mistaken });
    const [wrong] = await incidentsOf(mistaken);
    const first = textOf(wrong?.['id']);
    now = '2026-10-05T08:05:00.000Z';
    const end = await stored('end-outage', { pool: mistaken });
    now = '2026-10-05T09:00:00.000Z';
    await service.given(ask('declare-outage', { pool: real }));
    now = '2026-10-05T09:10:00.000Z';
    const second = first.replace(/-1$/, '-2');
    const { pool, opened, position: believed } = await service.shown(`/v1/incidents/${first}`);
    for (const eventId of [end, outage])
      expect((await service.when(retract(eventId), { 'x-actor': 'ada@contoso.com' })).status).toBe(200);
    expect((await incidentsOf(real)).map(({ id }) => id)).toEqual([second]);
    const then = await service.shown(`/v1/pools/${real}/incidents?at=2026-10-05T09:05:00Z`);
    expect(entries(then['incidents']).map(({ id }) => id)).toEqual([second]);
    for (const view of ['', '/report', '/timeline']) {
      const { status, body } = await service.get(`/v1/incidents/${first}${view}`);
      const [, position = ''] = /asOf=(\d+) shows/.exec(textOf(body['detail'])) ?? [];
      expect({ view, status, detail: body['detail'] }).toEqual({
        view,
        status: 404,
        detail: `Incident ${first} of ${mistaken}, as of 2026-10-05T08:00:00.000Z, was recorded by mistake: ada@contoso.com retracted it at 2026-10-05T09:10:00.000Z (The wrong pool). asOf=${position} shows what was believed until then.`,
      });
      for (const asOf of [position, textOf(believed)])
        expect((await service.get(`/v1/incidents/${first}${view}?asOf=${asOf}`)).status).toBe(200);
    }
    expect(await service.shown(`/v1/incidents/${first}?asOf=${textOf(believed)}`)).toMatchObject({
      pool,
      opened,
    });
    const restarted = await Service.start({ clock, store: openMemoryStore({ clock, table }) });
    await restarted.caughtUp();
    for (const url of [`/v1/pools/${real}/incidents`, `/v1/incidents/${first}`, `/v1/incidents/${second}`])
      expect((await restarted.get(url)).text).toBe((await service.get(url)).text);
    await restarted.stop();
    expect(await service.shown('/v1/verification')).toMatchObject({ whole: true, faithful: true });
  });

  it('does not give its number to the next one, nor the names of its moments', async () => {
    const pool = pair.primary;
    const outage = await stored('declare-outage', { pool });
    const [only] = await incidentsOf(pool);
    await service.given(retract(outage));
    now = '2026-10-05T09:00:00.000Z';
    await service.given(ask('declare-outage', { pool }));
    now = '2026-10-05T09:10:00.000Z';
    const [next] = await incidentsOf(pool);
    expect(next?.['id']).toBe(textOf(only?.['id']).replace(/-1$/, '-2'));
    for (const name of ['incident/2/outage', 'incident/last/outage'])
      for (const axis of ['at', 'asOf'])
        expect(await service.shown(`/v1/pools/${pool}?${axis}=${name}`)).toMatchObject({ stage: 'outage' });
    const unnamed = await service.get(`/v1/pools/${pool}?at=incident/1/outage`);
    expect(unnamed.body['errors']).toEqual([
      {
        pointer: '/at',
        detail: `"incident/1/outage" cannot be told: incident 1 of ${pool} was retracted; the nearest that can be told: incident/2/outage.`,
      },
    ]);
    const steps = await service.get(`/v1/pools/${pool}/replay?from=0&order=happened&to=incident/2/outage`);
    expect(steps.text).not.toContain('EventRetracted');
  });

  it('keeps its number where a planned failover began it, and where the last one is retracted', async () => {
    const pool = pair.backup;
    const failover = await stored('initiate-failover', { pool });
    const [only] = await incidentsOf(pool);
    const id = textOf(only?.['id']);
    await service.given(retract(failover));
    expect(await incidentsOf(pool)).toEqual([]);
    expect((await service.get(`/v1/incidents/${id}`)).body['detail']).toContain('was recorded by mistake');
    await service.given(ask('declare-outage', { pool: pair.primary }));
    const [next] = await incidentsOf(pair.primary);
    expect(next?.['id']).toBe(id.replace(/-1$/, '-2'));
    const trail = await service.shown(`/v1/pools/${pool}/audit-trail?limit=1000&type=OutageDeclared`);
    expect(entries(trail['entries'])).toMatchObject([{ incident: next?.['id'] ?? '' }]);
  });
});

async function retractionOf(eventId: string): Promise<string> {
  const { entries: trail } = await service.shown(`/v1/pools/${pair.primary}/audit-trail?limit=1000`);
  const retracted = entries(trail).find(({ id }) => id === eventId);
  return textOf((retracted?.['retractedBy'] as JsonObject)['event']);
}
