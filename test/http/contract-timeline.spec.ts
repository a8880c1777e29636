import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { ask, modifyObject, signIn } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

let now = Date.UTC(2026, 10, 24, 2, 1);
const passes = (minutes: number): void => {
  now += minutes * 60_000;
};
const time = (minutes: number): string => new Date(Date.UTC(2026, 10, 24, 2, minutes)).toISOString();

describe('The timeline of an incident', () => {
  let service: Service;
  let pair: Pair;
  let url: string;
  beforeAll(async () => {
    service = await Service.start({ clock: () => new Date(now) });
    pair = await Pair.withImport(service);
    await pair.newCall();
    await of('declare-outage', { reason: 'Storage' });
    const { incidents } = await service.shown(`/v1/pools/${pair.primary}/incidents`);
    url = `/v1/incidents/${textOf(entries(incidents)[0]?.['id'])}/timeline`;
    passes(7);
    await pair.newCall();
    await of('initiate-failover');
    passes(2);
    await of('complete-failover');
    await service.given(signIn(pair.agentOfBackup, pair.backup, pair.ownGroup));
    await pair.newCall();
    await service.when(ask('end-outage', { pool: pair.primary }));
    passes(1);
    await of('annotate-incident', { text: 'The vendor was called', at: time(4) });
    await of('tick-step', { step: 'test-on-backup' });
    await service.given(modifyObject(pair.backup, 'workflow', pair.regular, { description: 'B' }));
  });
  afterAll(async () => {
    await service.stop();
  });
  const of = (name: string, more: JsonObject = {}) =>
    service.given(ask(name, { pool: pair.primary, ...more }));

  it('has stages, buckets without calls of their own, and marks as it happened', async () => {
    const timeline = await service.shown(url);
    expect(timeline).toMatchObject({
      pool: pair.primary,
      partner: pair.backup,
      kind: 'real',
      closed: null,
      bucket: 300_000,
      buckets: [
        {
          from: time(0),
          to: time(5),
          arrived: 0,
          cutOff: 1,
          byStatement: { 'outage/in-progress-calls/1': 1 },
        },
        { from: time(5), arrived: 1, cutOff: 1 },
        { from: time(10), arrived: 1, cutOff: 0, signedIn: 1 },
      ],
      hasMoreMarks: false,
    });
    expect(entries(timeline['stages'])).toEqual([
      { pool: pair.primary, stage: 'outage', from: time(1), to: time(8) },
      { pool: pair.primary, stage: 'failing-over', from: time(8), to: time(10) },
      { pool: pair.primary, stage: 'failed-over', from: time(10), to: null },
      { pool: pair.backup, stage: 'normal', from: time(1), to: null },
    ]);
    expect(entries(timeline['marks']).map(({ kind, type, at, text }) => [kind, type, at, text])).toEqual([
      ['command', 'OutageDeclared', time(1), expect.stringContaining('Storage')],
      ['note', 'IncidentAnnotated', time(4), 'The vendor was called'],
      ['command', 'FailoverInitiated', time(8), expect.any(String)],
      ['command', 'FailoverCompleted', time(10), expect.any(String)],
      ['refused', 'CommandRefused', time(10), expect.any(String)],
      ['ticked', 'StepTicked', time(11), expect.not.stringContaining('test-on-backup')],
      ['command', 'ObjectModified', time(11), expect.any(String)],
    ]);
  });

  it('is as it was known, or as it was true, at a moment', async () => {
    const { marks } = await service.shown(url);
    const position = textOf(entries(marks).find(({ type }) => type === 'FailoverInitiated')?.['position']);
    const known = await service.shown(`${url}?asOf=${position}`);
    expect(entries(known['marks']).map(({ type }) => type)).toEqual(['OutageDeclared', 'FailoverInitiated']);
    const happened = await service.shown(`${url}?at=${encodeURIComponent(time(9))}`);
    for (const then of [known, happened])
      expect(then).toMatchObject({ buckets: [{ cutOff: 1 }, { cutOff: 1, arrived: 1 }] });
    // Asked again, with what is kept in memory by then.
    expect(await service.shown(`${url}?at=${encodeURIComponent(time(9))}`)).toEqual(happened);
  });

  it('has wider buckets where fewer are asked for', async () => {
    expect(await service.shown(`${url}?buckets=1`)).toMatchObject({
      bucket: 900_000,
      buckets: [{ from: time(0), to: time(15), arrived: 2, cutOff: 2 }],
    });
    for (const buckets of ['0', '1001', 'many', '1.5'])
      expect(await service.get(`${url}?buckets=${buckets}`)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/buckets', detail: expect.stringContaining('1 to 1000') }] },
      });
    expect((await service.get('/v1/incidents/none-1/timeline')).status).toBe(404);
  });

  it('has an entity tag that changes with what it shows', async () => {
    const { headers } = await service.get(url);
    const seen = { 'if-none-match': textOf(headers['etag']) };
    expect((await service.get(url, seen)).status).toBe(304);
    await pair.newCall();
    expect((await service.get(url, seen)).status).toBe(200);
  });

  it('leaves out what was retracted', async () => {
    const before = entries((await service.shown(url))['marks']);
    await of('annotate-incident', { text: 'By mistake' });
    const added = entries((await service.shown(url))['marks']).find(({ text }) => text === 'By mistake');
    await service.given(ask('retract', { eventId: textOf(added?.['id']), reason: 'Of another incident' }));
    const after = entries((await service.shown(url))['marks']);
    expect(after.map(({ type }) => type)).toEqual([...before.map(({ type }) => type), 'EventRetracted']);
  });
});
