import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deployment } from '../../examples/generator/export-file/deployment.js';
import { exportFile } from '../../examples/generator/export-file/export-file.js';
import { textOf } from '../../examples/generator/text-of.js';
import { ExportFiles } from '../../src/runtime/commands/export-files.js';
import {
  ask,
  callArrives,
  callConnects,
  createAgentGroup,
  createWorkflow,
  declareOutage,
  importGroups,
  recordExport,
  registerAgent,
  registerPair,
  signIn,
} from './support/commands.js';
import { entries } from './support/pair.js';
import { preview, toldEvents } from './support/preview.js';
import { Service, type Ask } from './support/service.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';
const kim = 'sip:kim@contoso.com';

let folder: string;
let service: Service;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-preview-'));
  service = await Service.start({ exportFiles: new ExportFiles(join(folder, 'exports')) });
  await service.given(
    registerPair(a, b),
    registerAgent(kim, a),
    createAgentGroup(a, 'first-line', [kim]),
    createWorkflow(a, 'desk'),
    createWorkflow(a, 'sales'),
    createWorkflow(b, 'north'),
    signIn(kim, a, 'first-line'),
    callArrives('waits', a, 'desk'),
    callArrives('waits-too', a, 'sales'),
    callArrives('talks', a, 'desk'),
    callConnects('talks', kim),
  );
  await service.caughtUp();
});
afterEach(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const head = () => service.poolkeeper.store.lastPosition();

/** Asks for a preview, which must leave the log as it is. */
async function previewed(command: Ask, headers = {}) {
  const before = await head();
  const answer = await preview(service, command, headers);
  expect(await head()).toBe(before);
  return answer;
}

describe('A preview of a command', () => {
  it('says what it would record and change: stage, tools, consoles and calls', async () => {
    const { status, headers, body } = await previewed(declareOutage(a, { backEndDatabase: 'unavailable' }));
    expect(status).toBe(200);
    expect(headers['etag']).toBeUndefined();
    expect(body).toMatchObject({
      preview: true,
      outcome: 'accepted',
      events: [
        {
          type: 'OutageDeclared',
          data: { pool: a, backEndDatabase: 'unavailable', reason: null, site: null },
        },
      ],
      effects: {
        stage: { pool: a, from: 'normal', to: 'outage' },
        calls: {
          cutOff: 2,
          byStatement: { 'outage/in-progress-calls/1': 2 },
          byResponseGroup: [
            { id: 'desk', name: 'Callers of desk', owner: a, calls: 1 },
            { id: 'sales', name: 'Callers of sales', owner: a, calls: 1 },
          ],
        },
      },
    });
    const { visibility, agentConsole } = body['effects'] as never as Record<string, never>;
    expect(entries(visibility).find(({ id }) => id === 'desk')).toMatchObject({
      kind: 'workflow',
      owner: a,
      parent: a,
      before: { controlPanel: true },
      after: { controlPanel: false },
    });
    expect(entries(agentConsole).find(({ id }) => id === 'first-line')).toMatchObject({
      parent: a,
      before: { displayed: true, signIn: true },
      after: { signIn: false },
      signedIn: [],
      signedOut: [kim],
    });
    expect(await service.shown(`/v1/pools/${a}`)).toMatchObject({ stage: 'normal' });
  });

  it('says what would refuse it, and records no refusal', async () => {
    const command = ask('failback', { pool: a });
    const { status, body } = await previewed(command);
    expect(status).toBe(200);
    const refusal = await service.when(command);
    expect(refusal.status).toBe(409);
    const { rule, because, detail, allowed } = refusal.body;
    expect(body).toMatchObject({ outcome: 'refused', events: [], rule, because, detail, allowed });
    expect(body).toMatchObject({
      effects: { visibility: [], editability: [], agentConsole: [], calls: { cutOff: 0 } },
    });
    const { entries: trail } = await service.shown(`/v1/pools/${a}/audit-trail?refused=true`);
    expect(trail).toHaveLength(1);
  });

  it('finds the same mistakes as the command', async () => {
    expect((await previewed(declareOutage('pool-x.contoso.com'))).status).toBe(404);
    expect((await previewed(ask('declare-outage', {}))).status).toBe(400);
    expect((await previewed(callConnects('never', kim))).status).toBe(404);
    expect((await previewed(declareOutage(a), { 'if-match': '"0"' })).status).toBe(412);
    expect((await previewed(declareOutage(a), { 'if-match': '*' })).status).toBe(200);
    expect((await previewed(declareOutage(a, { occurredAt: '2999-01-01T00:00:00Z' }))).status).toBe(400);
  });

  it('says that nothing would be written where it already holds', async () => {
    await service.given(declareOutage(a));
    const { body } = await previewed(declareOutage(a));
    expect(body).toMatchObject({ outcome: 'accepted', events: [], effects: { calls: { cutOff: 0 } } });
    expect(body['effects']).not.toHaveProperty('stage');
  });

  it('leaves its key free, and with the key gives what is created the same id', async () => {
    const group = ask('create-object', { pool: a, kind: 'queue', name: 'Later', tool: 'managementShell' });
    const headers = { 'idempotency-key': 'key-1' };
    expect(await previewed(declareOutage(b), headers)).toMatchObject({ body: { outcome: 'accepted' } });
    const { body } = await previewed(group, headers);
    const created = await service.when(group, headers);
    expect(created.status).toBe(200);
    expect(body['events']).toEqual(toldEvents(created.body));
    expect(await previewed(group, headers)).toMatchObject({
      status: 200,
      body: { outcome: 'accepted', repeats: true, events: [] },
    });
    expect((await previewed(declareOutage(b), headers)).status).toBe(422);
  });

  it('tells of a call how its arrival would end', async () => {
    await service.given(declareOutage(a));
    expect((await previewed(callArrives('late', a, 'desk'))).body).toMatchObject({
      outcome: 'accepted',
      events: [{ type: 'CallArrived' }],
      effects: { calls: { cutOff: 1, byResponseGroup: [{ id: 'desk', calls: 1 }] } },
    });
    expect((await service.get('/v1/calls/late')).status).toBe(404);
  });

  it('tells what an import would bring into sight', async () => {
    const { exportId = '' } = (await service.when(recordExport(a))).body;
    const { body } = await previewed(importGroups(b, textOf(exportId)));
    const { visibility } = body['effects'] as never as Record<string, never>;
    expect(
      entries(visibility).filter(
        ({ before, parent, owner }) => before === null && parent === b && owner === a,
      ),
    ).toHaveLength(3);
    expect(entries((await service.shown(`/v1/pools/${b}/visibility`))['objects'])).toHaveLength(4);
  });

  it('tells of a registration that it brings both pools into their normal stage', async () => {
    const { body } = await previewed(registerPair('c.contoso.com', 'd.contoso.com'));
    expect(body).toMatchObject({
      outcome: 'accepted',
      events: [{ type: 'PairRegistered' }],
      effects: { stage: { pool: 'c.contoso.com', from: null, to: 'normal' } },
    });
    expect((await service.get('/v1/pools/c.contoso.com')).status).toBe(404);
  });
});

describe('A preview of the outage of a site', () => {
  it('is told pool by pool, each after the others', async () => {
    const pair = ask('register-pair', {
      pools: [
        { fqdn: 'c.contoso.com', site: 'Ulm' },
        { fqdn: 'd.contoso.com', site: 'Ulm' },
      ],
    });
    await service.given(
      pair,
      createWorkflow('c.contoso.com', 'west'),
      createWorkflow('d.contoso.com', 'east'),
      callArrives('w', 'c.contoso.com', 'west'),
      callArrives('e', 'd.contoso.com', 'east'),
    );
    const outage = ask('declare-site-outage', { site: 'Ulm' });
    const headers = { 'idempotency-key': 'flood' };
    const { body } = await previewed(outage, headers);
    expect(body).toMatchObject({
      outcome: 'accepted',
      effects: { calls: { cutOff: 2, byStatement: { 'outage/in-progress-calls/1': 2 } } },
      pools: [
        { pool: 'c.contoso.com', outcome: 'accepted', stage: { from: 'normal', to: 'outage' } },
        { pool: 'd.contoso.com', outcome: 'accepted', stage: { from: 'normal', to: 'outage' } },
      ],
    });
    expect(body['events']).toEqual(toldEvents((await service.when(outage, headers)).body));
    await service.given(
      ask('end-outage', { pool: 'd.contoso.com' }),
      ask('initiate-failover', { pool: 'c.contoso.com' }),
    );
    expect((await previewed(outage)).body).toMatchObject({
      pools: [
        { pool: 'c.contoso.com', outcome: 'refused', rule: 'stage-change' },
        { pool: 'd.contoso.com', outcome: 'accepted' },
      ],
    });
    expect((await previewed(ask('declare-site-outage', { site: 'Nowhere' }))).status).toBe(404);
  });
});

describe('A preview of an export', () => {
  const zip = exportFile(deployment({ workflows: 2, audioFiles: 0 }));
  // It was written a moment ago, so that nothing on record is newer.
  let written = '';
  beforeEach(() => {
    written = new Date().toISOString();
  });
  const add = (query = '') =>
    service.send({
      method: 'PUT',
      url: `/v1/pools/${a}/exports/pool-a.zip?occurredAt=${written}${query}`,
      headers: { 'content-type': 'application/zip', 'idempotency-key': 'zip' },
      payload: zip,
    });
  const kept = () => (existsSync(join(folder, 'exports')) ? readdirSync(join(folder, 'exports')) : []);

  it('reads the zip, and keeps neither it nor what it holds', async () => {
    const before = await head();
    const { status, body } = await add('&preview=true');
    expect(status).toBe(200);
    expect(await head()).toBe(before);
    expect(kept().filter((name) => name.endsWith('.zip'))).toEqual([]);
    const added = await add();
    expect(added.status).toBe(200);
    expect(body['events']).toEqual(toldEvents(added.body));
    expect(entries(body['events']).length).toBeGreaterThan(5);
    expect(kept().filter((name) => name.endsWith('.zip'))).toHaveLength(1);
  });
});

describe('What is no preview, and was meant as one', () => {
  const post = (url: string, payload: object = { pool: a }) =>
    service.send({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(payload),
    });

  it.each([
    'Preview=true',
    'preview=yes',
    'preview=',
    'preview',
    'preview=true&preview=false',
    'previw=true',
    'dry-run=1',
  ])('%s is refused, and nothing is done', async (query) => {
    const before = await head();
    const { status, body } = await post(`/v1/commands/declare-outage?${query}`);
    expect({ status, type: body['type'] }).toEqual({ status: 400, type: 'urn:poolkeeper:problem:invalid' });
    expect(JSON.stringify(body)).toContain('Nothing was done');
    expect(await head()).toBe(before);
  });

  it('preview=false is a command like any other', async () => {
    expect((await post('/v1/commands/declare-outage?preview=false')).status).toBe(200);
    expect(await service.shown(`/v1/pools/${a}`)).toMatchObject({ stage: 'outage' });
  });

  it.each(['/v1/projections/pair/rebuild', '/v1/backups', '/v1/dead-letters/1/retry'])(
    '%s has no preview, and says so',
    async (url) => {
      const { status, body } = await post(`${url}?preview=true`, {});
      expect(status).toBe(400);
      expect(body).toMatchObject({
        errors: [{ pointer: '/preview', detail: expect.stringContaining('has no preview') }],
      });
    },
  );
});
