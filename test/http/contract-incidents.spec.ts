import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { ask, callConnects, importGroups, modifyObject, recordExport, signIn } from './support/commands.js';
import { mediumOf } from './support/mediums.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

let now = Date.UTC(2026, 10, 24, 2);
/** Time passes only where a test says so. */
const clock = (): Date => new Date(now);
const passes = (number: number): void => {
  now += minutes(number);
};
const minutes = (number: number): number => number * 60_000;

describe.each(['sqlite', 'eventstoredb'] as const)('Incidents in a log on %s', (kind) => {
  let service: Service;
  let release: () => void;
  beforeAll(async () => {
    const medium = await mediumOf(kind);
    release = () => medium.release();
    service = await Service.start({ store: await medium.open(clock), clock });
  });
  afterAll(async () => {
    await service.stop();
    release();
  });

  const listOf = (pair: Pair, query = ''): Promise<JsonObject> =>
    service.shown(`/v1/pools/${pair.primary}/incidents${query}`);
  async function incidentOf(pair: Pair): Promise<JsonObject> {
    const [latest] = entries((await listOf(pair))['incidents']);
    if (latest === undefined) throw new Error('There is no incident.');
    return await service.shown(`/v1/incidents/${textOf(latest['id'])}`);
  }
  const phaseIn = (incident: JsonObject, name: string): JsonObject | undefined =>
    entries(incident['phases']).find((one) => one['name'] === name);
  const positionNow = async (): Promise<string> => textOf((await service.shown('/v1/pools'))['position']);
  const of = (pair: Pair, name: string, more: JsonObject = {}) =>
    service.given(ask(name, { pool: pair.primary, ...more }));

  /** From the outage until a call is served: a try fails, an agent is back, a command is refused. */
  async function stoodIn(pair: Pair, exportId: string): Promise<void> {
    await service.given(signIn(pair.agentOfBackup, pair.primary, pair.ownGroup));
    await pair.newCall();
    const occurredAt = new Date(now + minutes(5)).toISOString();
    passes(9);
    await of(pair, 'declare-outage', { occurredAt, reason: 'Storage' });
    passes(6);
    await of(pair, 'initiate-failover');
    passes(2);
    await of(pair, 'fail-failover', { reason: 'Central management' });
    passes(1);
    await of(pair, 'initiate-failover');
    passes(5);
    await of(pair, 'complete-failover');
    passes(3);
    await service.given(importGroups(pair.backup, exportId));
    passes(1);
    await service.given(signIn(pair.agentOfBackup, pair.backup, pair.ownGroup));
    passes(1);
    const { id } = await pair.newCall();
    await service.given(callConnects(id, pair.agentOfBackup));
    expect((await service.when(ask('end-outage', { pool: pair.primary }))).status).toBe(409);
  }

  async function exported(pair: Pair): Promise<string> {
    const { body } = await service.when(recordExport(pair.primary));
    return textOf(body['exportId']);
  }

  it('tell their phases, what they cost, how they measure and who was refused', async () => {
    const pair = await Pair.registered(service);
    const exportId = await exported(pair);
    passes(60);
    const targets = { pool: pair.backup, recoveryTime: 'PT30M', recoveryPoint: '1h' };
    await service.given(ask('set-targets', targets));
    await stoodIn(pair, exportId);
    const incident = await incidentOf(pair);
    expect(incident).toMatchObject({
      pool: pair.primary,
      partner: pair.backup,
      kind: 'real',
      reason: 'Storage',
      closed: null,
      stage: 'failed-over',
      recoveryTime: { milliseconds: minutes(21), target: minutes(30), met: true },
      recoveryPoint: { milliseconds: minutes(65), target: minutes(60), met: false },
      cutOff: {
        total: 1,
        byStatement: { 'outage/in-progress-calls/1': 1 },
        byResponseGroup: [{ id: pair.regular, owner: pair.primary, calls: 1 }],
      },
      refusals: 1,
      refused: [{ command: 'end-outage', rule: 'stage-change' }],
      notHome: [],
      notes: [],
    });
    expect(phaseIn(incident, 'detected')).toMatchObject({ milliseconds: minutes(4) });
    expect(phaseIn(incident, 'failing-over')).toMatchObject({
      milliseconds: minutes(8),
      attempts: [{ outcome: 'failed', reason: 'Central management' }, { outcome: 'completed' }],
    });
    expect(phaseIn(incident, 'imported')).toMatchObject({ milliseconds: minutes(3) });
    expect(phaseIn(incident, 'agents-back')).toMatchObject({
      signedIn: 1,
      back: 1,
      milliseconds: minutes(1),
    });
    expect(phaseIn(incident, 'first-call-served')).toMatchObject({ milliseconds: minutes(5) });
  });

  it('show what was known then, as of a moment', async () => {
    const pair = await Pair.registered(service);
    const exportId = await exported(pair);
    const before = await positionNow();
    await pair.newCall();
    await of(pair, 'declare-outage');
    const during = await positionNow();
    const { id } = entries((await listOf(pair))['incidents'])[0] ?? {};
    await of(pair, 'initiate-failover');
    await of(pair, 'complete-failover');
    await service.given(importGroups(pair.backup, exportId));
    await of(pair, 'annotate-incident', { text: 'The vendor was called' });
    expect(await listOf(pair, `?asOf=${before}`)).toMatchObject({ incidents: [], next: null });
    const then = await service.shown(`/v1/incidents/${textOf(id)}?asOf=${during}`);
    expect(then).toMatchObject({ stage: 'outage', cutOff: { total: 1 }, notes: [] });
    expect(entries(then['phases']).map(({ name }) => name)).toEqual(['detected', 'decided']);
    expect(await service.get(`/v1/incidents/${textOf(id)}?asOf=${before}`)).toMatchObject({
      status: 404,
      body: { errors: [{ pointer: '/id' }] },
    });
    expect(await incidentOf(pair)).toMatchObject({
      stage: 'failed-over',
      notes: [{ text: 'The vendor was called' }],
    });
  });

  it('show what was true at a moment, though it was recorded later', async () => {
    const pair = await Pair.registered(service);
    passes(60);
    const began = now;
    const time = (number: number): string => new Date(began + minutes(number)).toISOString();
    passes(60);
    await of(pair, 'declare-outage', { occurredAt: time(0) });
    await service.when(ask('failback', { pool: pair.primary, occurredAt: time(5) }));
    await of(pair, 'initiate-failover', { occurredAt: time(10) });
    await of(pair, 'complete-failover', { occurredAt: time(30) });
    const then = await listOf(pair, `?at=${encodeURIComponent(time(20))}`);
    expect(then).toMatchObject({ incidents: [{ stage: 'failing-over', opened: time(0), refusals: 1 }] });
    const [incident] = entries(then['incidents']);
    expect(incident?.['openedAtPosition']).toMatch(/^\d{1,19}$/);
    const earlier = await service.shown(
      `/v1/incidents/${textOf(incident?.['id'])}?at=${encodeURIComponent(time(4))}`,
    );
    expect(earlier).toMatchObject({ stage: 'outage', refusals: 0, refused: [] });
    expect(await listOf(pair, `?at=incident/1/failing-over%2B5m`)).toMatchObject({
      incidents: [{ stage: 'failing-over' }],
    });
    await of(pair, 'failback', { occurredAt: time(40) });
    await of(pair, 'complete-failback', { occurredAt: time(41) });
    await of(pair, 'close-incident', { occurredAt: time(42) });
    await of(pair, 'declare-outage', { occurredAt: time(50) });
    const query = `?at=${encodeURIComponent(time(55))}&limit=1`;
    const page = await listOf(pair, query);
    expect(await listOf(pair, `${query}&cursor=${textOf(page['next'])}`)).toMatchObject({
      incidents: [{ opened: time(0), closed: time(42) }],
      next: null,
    });
  });

  it('count drills apart, and say so wherever the pool is shown', async () => {
    const pair = await Pair.registered(service);
    await pair.newCall();
    await of(pair, 'declare-outage', { drill: true, reason: 'Autumn drill' });
    const pool = `/v1/pools/${pair.primary}`;
    for (const view of ['', '/readiness', '/runbook'])
      expect(await service.shown(pool + view)).toMatchObject({ drill: true });
    const { entries: trail } = await service.shown(`${pool}/audit-trail?type=OutageDeclared`);
    expect(trail).toMatchObject([
      { drill: true, summary: expect.stringMatching(/^Drill: outage/), data: { drill: true } },
    ]);
    expect(await service.when(ask('initiate-failover', { pool: pair.primary, drill: false }))).toMatchObject({
      status: 409,
      body: { rule: 'drill-from-the-first', allowed: [`initiate-failover ${pair.primary}`] },
    });
    await of(pair, 'end-outage');
    await of(pair, 'declare-outage', { reason: 'Storage' });
    expect(await service.shown(pool)).not.toHaveProperty('drill');
    expect(await listOf(pair)).toMatchObject({
      incidents: [
        { kind: 'real', cutOff: { total: 0 } },
        { kind: 'drill', cutOff: { total: 1 } },
      ],
      totals: {
        real: { incidents: 1, open: 1, cutOff: 0 },
        drill: { incidents: 1, open: 0, cutOff: 1 },
      },
    });
    expect(await listOf(pair, '?kind=drill')).toMatchObject({ incidents: [{ kind: 'drill' }] });
  });

  it('have the steps of the runbook that people tick off', async () => {
    const pair = await Pair.withImport(service);
    await pair.reaches('failed-over');
    await of(pair, 'tick-step', { step: 'test-on-backup', note: 'Two rings' });
    const { steps } = await service.shown(`/v1/pools/${pair.primary}/runbook`);
    expect(entries(steps).find(({ id }) => id === 'test-on-backup')).toMatchObject({
      state: 'done',
      note: 'Two rings',
      done: [{ actor: expect.any(String) }],
    });
    expect(entries((await incidentOf(pair))['steps'])).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'test-on-backup', byHand: true, note: 'Two rings' }),
        expect.objectContaining({ id: 'fail-over', byHand: false }),
      ]),
    );
    expect(await service.when(ask('tick-step', { pool: pair.primary, step: 'fail-over' }))).toMatchObject({
      status: 409,
      body: {
        rule: 'step-not-by-hand',
        allowed: expect.arrayContaining(['tick-step --step central-management']),
      },
    });
  });

  it('say what was changed on the backup pool and is not home', async () => {
    const pair = await Pair.withImport(service);
    await pair.reaches('failed-over');
    await service.given(modifyObject(pair.backup, 'workflow', pair.regular, { anonymous: true }));
    await pair.reaches('failed-back');
    const incident = await incidentOf(pair);
    expect(incident).toMatchObject({ notHome: [{ id: pair.regular, kind: 'workflow' }] });
    expect(phaseIn(incident, 'home')).toMatchObject({ to: null });
    await of(pair, 'close-incident');
    expect(await incidentOf(pair)).toMatchObject({ stage: 'normal', notHome: [{ id: pair.regular }] });
  });

  it('come in pages, the latest first, each once', async () => {
    const pair = await Pair.registered(service);
    for (const reason of ['1', '2', '3', '4', '5']) {
      await of(pair, 'declare-outage', { reason });
      await of(pair, 'end-outage');
    }
    const reasons: unknown[] = [];
    let query = '?limit=2';
    for (;;) {
      const page = await listOf(pair, query);
      expect(page).toMatchObject({ totals: { real: { incidents: 5 } } });
      reasons.push(...entries(page['incidents']).map(({ reason }) => reason));
      if (page['next'] === null) break;
      query = `?limit=2&cursor=${textOf(page['next'])}`;
    }
    expect(reasons).toEqual(['5', '4', '3', '2', '1']);
    const all = await service.shown('/v1/incidents?limit=200');
    expect(entries(all['incidents']).filter(({ pool }) => pool === pair.primary)).toHaveLength(5);
  });

  it('have an entity tag that changes with them, with refusals as well', async () => {
    const pair = await Pair.registered(service);
    await of(pair, 'declare-outage');
    const url = `/v1/pools/${pair.primary}/incidents`;
    const { headers } = await service.get(url);
    const seen = { 'if-none-match': textOf(headers['etag']) };
    expect((await service.get(url, seen)).status).toBe(304);
    await service.when(ask('failback', { pool: pair.primary }));
    expect(await service.get(url, seen)).toMatchObject({
      status: 200,
      body: { incidents: [{ refusals: 1 }] },
    });
  });

  it('have a report in three forms, which ends with the head of the log', async () => {
    const pair = await Pair.withImport(service);
    await pair.newCall();
    await pair.reaches('failed-over');
    await of(pair, 'annotate-incident', { text: '<script>alert(1)</script> | *bold*' });
    const { id } = entries((await listOf(pair))['incidents'])[0] ?? {};
    const url = `/v1/incidents/${textOf(id)}/report`;
    const json = await service.shown(url);
    const last = await service.poolkeeper.store.lastPosition();
    expect(json).toMatchObject({
      incident: { id, cutOff: { total: 1 } },
      causes: [{ id: 'outage/in-progress-calls/1', calls: 1, text: expect.stringMatching(/cut off/) }],
      head: {
        position: String(last),
        type: 'IncidentAnnotated',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    const markdown = await service.get(url, { accept: 'text/markdown' });
    expect(markdown.headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(markdown.text).toContain(`position ${String(last)}`);
    expect(markdown.text).not.toContain('<script>');
    const html = await service.get(url, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect(html.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(html.text).not.toContain('<script');
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(html.text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html.headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    expect(html.headers['content-security-policy']).toContain("default-src 'none'");
    const tags = [markdown, html].map(({ headers }) => headers['etag']);
    expect(new Set(tags).size).toBe(2);
    const seen = { accept: 'text/html', 'if-none-match': String(tags[1]) };
    expect((await service.get(url, seen)).status).toBe(304);
    expect((await service.get(`${url}?format=pdf`)).status).toBe(400);
    expect((await service.get('/v1/incidents/none-1/report?format=html')).status).toBe(404);
  });

  it('refuse what is not understood, and name the field', async () => {
    const pair = await Pair.registered(service);
    const pool = pair.primary;
    const wrong: readonly [string, JsonObject, string][] = [
      ['set-targets', { pool }, '/recoveryTime'],
      ['set-targets', { pool, recoveryTime: 'soon' }, '/recoveryTime'],
      ['set-targets', { pool, recoveryTime: 0 }, '/recoveryTime'],
      ['set-targets', { pool, recoveryPoint: 1.5 }, '/recoveryPoint'],
      ['set-targets', { pool, recoveryPoint: -1 }, '/recoveryPoint'],
      ['set-targets', { pool, recoveryPoint: 'P9999D' }, '/recoveryPoint'],
      ['annotate-incident', { pool }, '/text'],
      ['annotate-incident', { pool, text: 'x'.repeat(2_001) }, '/text'],
      ['annotate-incident', { pool, text: 'Soon', at: '2099-01-01T00:00:00Z' }, '/at'],
      ['annotate-incident', { pool, text: 'Never', at: '2026-02-30T00:00:00Z' }, '/at'],
      ['tick-step', { pool }, '/step'],
      ['declare-outage', { pool, drill: 'yes' }, '/drill'],
    ];
    const before = await positionNow();
    for (const [name, body, pointer] of wrong) {
      expect(await service.when(ask(name, body))).toMatchObject({
        status: 400,
        body: { errors: [{ pointer }] },
      });
    }
    expect(await positionNow()).toBe(before);
    for (const query of ['?limit=0', '?limit=201', '?kind=both', '?cursor=x', '?asOf=yesterday'])
      expect((await service.get(`/v1/incidents${query}`)).status).toBe(400);
    for (const id of ['nothing', 'no-1', `${pool}-1`, '-1', '%20'])
      expect([400, 404]).toContain((await service.get(`/v1/incidents/${id}`)).status);
  });
});
