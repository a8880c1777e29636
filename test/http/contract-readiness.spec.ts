import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { openSnapshots } from '../../src/runtime/projections/snapshots/open-snapshots.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import { ask, importGroups, modifyObject, recordExport, signIn } from './support/commands.js';
import { described } from './support/openapi.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

const hour = 3_600_000;
let now = Date.UTC(2026, 10, 24, 2);
/** Time passes only where a test says so. */
const clock = (): Date => new Date(now);
const passes = (hours: number): void => {
  now += hours * hour;
};

let service: Service;
beforeAll(async () => {
  service = await Service.start({ clock, exportAgeTargetHours: 24 });
});
afterAll(() => service.stop());

const readinessOf = (pair: Pair, more = ''): Promise<JsonObject> =>
  service.shown(`/v1/pools/${pair.primary}/readiness${more}`);
const runbookOf = (pair: Pair, more = ''): Promise<JsonObject> =>
  service.shown(`/v1/pools/${pair.primary}/runbook${more}`);
const idsIn = (list: unknown): readonly unknown[] => entries(list).map(({ id }) => id);
const stepIn = (runbook: JsonObject, id: string): JsonObject | undefined =>
  entries(runbook['steps']).find((step) => step['id'] === id);

describe('The readiness of a pool', () => {
  it('says what is wrong, why by which document, and what to do', async () => {
    const pair = await Pair.registered(service);
    const readiness = await readinessOf(pair);
    expect(readiness).toMatchObject({
      fqdn: pair.primary,
      partner: pair.backup,
      question: 'if-it-failed-now',
      verdict: 'critical',
      atStake: { total: 3 },
      lastExport: null,
    });
    expect(entries(readiness['findings'])[0]).toMatchObject({
      id: 'never-exported',
      severity: 'critical',
      basis: 'stated',
      action: {
        powershell: [
          `Export-CsRgsConfiguration -Source "service:ApplicationServer:${pair.primary}" -FileName "${pair.primary}-export-1.zip"`,
        ],
      },
    });
    expect(idsIn(readiness['sources'])).toContain('planning');
  });

  it('ages while nothing happens, and its entity tag with it', async () => {
    const pair = await Pair.registered(service);
    await service.given(recordExport(pair.primary));
    const url = `/v1/pools/${pair.primary}/readiness`;
    const fresh = await service.get(url);
    expect(idsIn(fresh.body['findings'])).not.toContain('export-too-old');
    const tag = String(fresh.headers['etag']);
    expect(await service.get(url, { 'if-none-match': tag })).toMatchObject({ status: 304, text: '' });
    passes(25);
    const stale = await service.get(url, { 'if-none-match': tag });
    expect(stale).toMatchObject({ status: 200, body: { lastExport: { ageMinutes: 25 * 60 } } });
    expect(idsIn(stale.body['findings'])).toContain('export-too-old');
  });

  it('of a moment of the past is as old as it was then, for ever', async () => {
    const pair = await Pair.registered(service);
    await service.given(recordExport(pair.primary));
    const then = clock().toISOString();
    const position = String(await service.poolkeeper.store.lastPosition());
    passes(10);
    const before = await readinessOf(pair, `?asOf=${then}`);
    await service.given(modifyObject(pair.primary, 'workflow', pair.regular, { anonymous: true }));
    passes(100);
    expect(await readinessOf(pair, `?asOf=${then}`)).toEqual(before);
    for (const asOf of [then, position]) {
      expect(await readinessOf(pair, `?asOf=${asOf}`)).toMatchObject({
        lastExport: { ageMinutes: 0 },
        atStake: { total: 0 },
      });
    }
    expect(await readinessOf(pair, '?asOf=0')).toMatchObject({ stage: null, findings: [] });
  });

  it('waits for a position, and knows no pool that is not registered', async () => {
    const pair = await Pair.registered(service);
    const { body } = await service.when(recordExport(pair.primary));
    expect(await readinessOf(pair, `?minPosition=${textOf(body['position'])}`)).toMatchObject({
      lastExport: { exportId: body['exportId'] },
    });
    for (const view of ['readiness', 'runbook', 'runbook?format=markdown']) {
      const answer = await service.get(`/v1/pools/nowhere.contoso.com/${view}`);
      expect(answer).toMatchObject({ status: 404, body: { errors: [{ pointer: '/fqdn' }] } });
      expect(answer.headers['content-type']).toMatch('application/problem+json');
    }
  });
});

describe('The loss meter of an incident', () => {
  it('falls to zero as the steps of the runbook are recorded', async () => {
    const pair = await Pair.withImport(service);
    const total = async (): Promise<unknown> => (await readinessOf(pair))['atStake'];
    await pair.reaches('failed-over');
    expect(await total()).toEqual({ total: 0, by: {} });
    await service.given(
      modifyObject(pair.backup, 'workflow', pair.regular, { anonymous: true }),
      ask('create-object', {
        pool: pair.backup,
        kind: 'queue',
        id: `hotline-${pair.number}`,
        name: `Hotline ${pair.number}`,
        tool: 'controlPanel',
      }),
    );
    expect(await total()).toEqual({ total: 1, by: { 'created-on-backup': 1 } });
    await pair.reaches('failed-back');
    expect(await total()).toEqual({ total: 1, by: { 'to-bring-home': 1 } });

    const { record } = stepIn(await runbookOf(pair), 'export-homeward') ?? {};
    const { command, body } = record as { readonly command: string; readonly body: JsonObject };
    const exported = await service.when(ask(command, body));
    await service.given(
      importGroups(pair.primary, textOf(exported.body['exportId']), { overwriteOwner: true }),
    );
    expect(await total()).toEqual({ total: 0, by: {} });
    expect(stepIn(await runbookOf(pair), 'import-homeward')).toMatchObject({ state: 'done' });
  });
});

describe('Closing an incident', () => {
  it('warns of what is not home, and of groups that nobody answers, each by name', async () => {
    const pair = await Pair.withImport(service);
    await pair.reaches('failed-over');
    await service.given(modifyObject(pair.backup, 'workflow', pair.regular, { anonymous: true }));
    await pair.reaches('failed-back');
    const note = stepIn(await runbookOf(pair), 'close-incident')?.['note'];
    const closed = await service.when(ask('close-incident', { pool: pair.primary }));
    expect(closed).toMatchObject({
      status: 200,
      body: {
        events: [{ type: 'IncidentClosed' }],
        warnings: [
          { code: 'to-bring-home', detail: expect.stringMatching(/^1 object .*workflow "/) },
          { code: 'sign-in-debt', detail: expect.stringMatching(/agent-group "/) },
        ],
      },
    });
    for (const { detail } of entries(closed.body['warnings'])) expect(note).toContain(detail);
    expect(idsIn((await readinessOf(pair))['findings'])).toEqual(
      expect.arrayContaining(['to-bring-home', 'sign-in-debt']),
    );
    const again = await service.when(ask('close-incident', { pool: pair.primary }));
    expect(again.body).toMatchObject({ events: [], warnings: [] });
  });

  it('warns of nothing where all is settled', async () => {
    const pair = await Pair.withImport(service);
    await pair.reaches('failed-back');
    await service.given(signIn(pair.agentOfPrimary, pair.primary, pair.ownGroup));
    const closed = await service.when(ask('close-incident', { pool: pair.primary }));
    expect(closed.body).toMatchObject({ warnings: [] });
  });
});

describe('A service that goes on from its snapshots', () => {
  it('knows who did what as well as before', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-readiness-'));
    const table = new MemoryTable();
    const onTheLog = () =>
      Service.start({
        clock,
        store: openMemoryStore({ clock, table }),
        snapshots: openSnapshots(folder).cache,
      });
    try {
      const first = await onTheLog();
      const pair = await Pair.withImport(first);
      await pair.reaches('failed-over');
      await first.given(
        modifyObject(pair.backup, 'workflow', pair.regular, { anonymous: true }),
        signIn(pair.agentOfBackup, pair.backup, pair.ownGroup),
      );
      const views = ['readiness', 'runbook'].map((view) => `/v1/pools/${pair.primary}/${view}`);
      const before = await Promise.all(views.map((url) => first.shown(url)));
      await first.stop();
      const second = await onTheLog();
      expect(await Promise.all(views.map((url) => second.shown(url)))).toEqual(before);
      await second.stop();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('The runbook of a pool', () => {
  it('ticks off what was done, with the actor and the time that was reported', async () => {
    const pair = await Pair.registered(service);
    const occurredAt = '2026-11-24T00:58:00.000Z';
    const outage = ask('declare-outage', { pool: pair.primary, occurredAt });
    const { body } = await service.when(outage, { 'x-actor': 'kim@contoso.com' });
    expect(stepIn(await runbookOf(pair), 'declare-outage')).toMatchObject({
      state: 'done',
      done: [{ actor: 'kim@contoso.com', occurredAt, position: body['position'] }],
    });
  });

  it('of the past shows what was next then', async () => {
    const pair = await Pair.registered(service);
    const position = String(await service.poolkeeper.store.lastPosition());
    await pair.reaches('failed-over');
    expect(await runbookOf(pair)).toMatchObject({ next: 'fail-back' });
    expect(await runbookOf(pair, `?asOf=${position}`)).toMatchObject({
      next: 'export-pool',
      stage: 'normal',
    });
  });

  it('is Markdown where the Accept header or the query asks for it, with a tag of its own', async () => {
    const pair = await Pair.registered(service);
    const url = `/v1/pools/${pair.primary}/runbook`;
    const json = await service.get(url);
    const byHeader = await service.get(url, { accept: 'text/markdown' });
    const byQuery = await service.get(`${url}?format=markdown`);
    expect(json.headers).toMatchObject({
      vary: expect.stringMatching(/^Accept\b/),
      'content-type': expect.stringMatching('application/json'),
    });
    expect(byHeader).toMatchObject({ status: 200, text: byQuery.text });
    expect(byHeader.headers).toMatchObject({
      vary: expect.stringMatching(/^Accept\b/),
      'content-type': 'text/markdown; charset=utf-8',
    });
    expect(byHeader.text).toMatch(`# Runbook for ${pair.primary}\n`);
    expect(byHeader.headers['etag']).not.toBe(json.headers['etag']);
    const tag = String(byHeader.headers['etag']);
    expect(await service.get(url, { accept: 'text/markdown', 'if-none-match': tag })).toMatchObject({
      status: 304,
      text: '',
    });
    const forced = await service.get(`${url}?format=json`, { accept: 'text/markdown' });
    expect(forced.body).toMatchObject({ fqdn: pair.primary });
    expect(await service.get(`${url}?format=pdf`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/format', detail: 'format must be one of: json, markdown.' }] },
    });
    expect((await service.get(`${url}?asOf=0&format=markdown`)).text).toMatch(
      'not registered at that moment',
    );
  });

  it('is documented in both forms', async () => {
    const { paths } = await described(service);
    expect(paths['/v1/pools/{fqdn}/runbook']).toMatchObject({
      get: { responses: { 200: { content: { 'application/json': {}, 'text/markdown': {} } } } },
    });
  });
});
