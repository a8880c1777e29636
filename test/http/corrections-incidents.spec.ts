import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { ask } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

/** A clock that is set by hand. */
let now = '2026-10-05T08:00:00.000Z';
const clock = () => new Date(now);

let service: Service;
let pair: Pair;
beforeEach(async () => {
  now = '2026-10-05T08:00:00.000Z';
  service = await Service.start({ clock, store: openMemoryStore({ clock }) });
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
    expect(after?.['id']).not.toBe(before?.['id']);
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

async function retractionOf(eventId: string): Promise<string> {
  const { entries: trail } = await service.shown(`/v1/pools/${pair.primary}/audit-trail?limit=1000`);
  const retracted = entries(trail).find(({ id }) => id === eventId);
  return textOf((retracted?.['retractedBy'] as JsonObject)['event']);
}
