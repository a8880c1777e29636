import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { ask, callConnects, signIn } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let service: Service;
let pair: Pair;
beforeAll(async () => {
  service = await Service.start();
  pair = await Pair.withImport(service);
});
afterAll(() => service.stop());

const stamped = { position: expect.stringMatching(/^\d+$/), asOf: expect.stringMatching(/^20.*Z$/) };

describe('The pools', () => {
  it('are listed with their stages, in the order of registration', async () => {
    const list = await service.shown('/v1/pools');
    expect(list).toMatchObject(stamped);
    expect(entries(list['pools']).map(({ fqdn }) => fqdn)).toEqual([pair.primary, pair.backup]);
  });

  it('are shown one by one, found by any spelling of the name', async () => {
    const expected = {
      ...stamped,
      fqdn: pair.primary,
      partner: pair.backup,
      site: null,
      stage: 'normal',
      since: expect.stringMatching(/Z$/),
      incident: null,
      backEndDatabase: 'unknown',
      readings: { 'calls-on-live-backup': 'literal' },
      because: [],
      basis: 'inferred',
    };
    for (const spelling of [
      pair.primary,
      pair.primary.toUpperCase(),
      `service:ApplicationServer:${pair.primary}`,
      encodeURIComponent(`ApplicationServer:${pair.primary}`),
    ]) {
      expect(await service.shown(`/v1/pools/${spelling}`)).toMatchObject(expected);
    }
  });
});

describe('The copies of objects', () => {
  it('are those of both pools, each labelled as seen from the pool that is asked', async () => {
    const labels = async (fqdn: string, view: string) =>
      entries((await service.shown(`/v1/pools/${fqdn}/${view}`))['objects']).map(
        ({ id, owner, parent, ownership }) => [id, owner, parent, ownership].map(textOf).join(' '),
      );
    for (const view of ['visibility', 'editability']) {
      const { primary, backup } = pair;
      const fromPrimary = [
        `${pair.anonymous} ${primary} ${primary} primary`,
        `${pair.anonymous} ${primary} ${backup} imported`,
        `${pair.regular} ${primary} ${primary} primary`,
        `${pair.regular} ${primary} ${backup} imported`,
        `${pair.regularOfBackup} ${backup} ${backup} backup`,
        `${pair.ownGroup} ${primary} ${primary} primary`,
        `${pair.ownGroup} ${primary} ${backup} imported`,
        `${pair.groupOfBackup} ${backup} ${backup} backup`,
      ];
      expect((await labels(primary, view)).sort()).toEqual([...fromPrimary].sort());
      expect((await labels(backup, view)).sort()).toEqual(
        fromPrimary
          .map((label) =>
            label.replace(/(primary|backup)$/, (own) => (own === 'primary' ? 'backup' : 'primary')),
          )
          .sort(),
      );
    }
  });
});

describe('Calls and agents', () => {
  it('a call is shown with its history', async () => {
    const { id } = await pair.newCall();
    await service.given(callConnects(id, pair.agentOfPrimary));
    expect(await service.shown(`/v1/calls/${id}`)).toMatchObject({
      ...stamped,
      callId: id,
      pool: pair.primary,
      responseGroup: pair.regular,
      status: 'connected',
      servedBy: pair.primary,
      anonymous: false,
      agent: pair.agentOfPrimary,
      because: [],
      history: [
        { what: 'arrived', status: 'in-progress', because: [], contradicted: false },
        { what: 'connected', status: 'connected', agent: pair.agentOfPrimary, because: [] },
      ],
    });
  });

  it("an agent's console shows the groups that list the agent and where to sign in", async () => {
    await service.given(signIn(pair.agentOfPrimary, pair.primary, pair.ownGroup));
    const console = await service.shown(`/v1/agents/${encodeURIComponent(pair.agentOfPrimary)}/console`);
    expect(console).toMatchObject({
      ...stamped,
      agent: pair.agentOfPrimary,
      homePool: pair.primary,
      homeStage: 'normal',
      canSignInAt: [pair.primary, pair.backup].sort(),
    });
    expect(entries(console['objects']).find(({ parent }) => parent === pair.primary)).toMatchObject({
      id: pair.ownGroup,
      displayed: true,
      signIn: true,
      signedIn: true,
    });
  });
});

describe('The documents as data', () => {
  it('the whole matrix has every row of every stage, and each statement of the tables', async () => {
    const { stages } = await service.shown('/v1/experience');
    expect(
      entries(stages)
        .map(({ stage }) => stage)
        .sort(),
    ).toEqual(['normal', 'outage', 'failing-over', 'failed-over', 'failing-back', 'failed-back'].sort());
    const rows = entries(stages).flatMap((stage) => entries(stage['rows']));
    const perStage = { 'connected-calls': 4, 'in-progress-calls': 2, 'new-calls': 2, 'on-behalf-calls': 2 };
    for (const [row, count] of Object.entries({ ...perStage, 'agent-console': 3, configuration: 9 })) {
      expect(rows.filter((entry) => entry['row'] === row)).toHaveLength(count * 6);
    }
    const named = new Set(rows.flatMap(({ statements }) => statements as readonly string[]));
    expect(named.size).toBe(64);
    const silent = rows.filter(({ basis }) => basis === 'inferred');
    expect(silent.every(({ statements }) => Array.isArray(statements) && statements.length === 0)).toBe(true);
    expect(silent).toHaveLength(22 + 1);
  });

  it('the readings say which leave a choice', async () => {
    const { readings } = await service.shown('/v1/readings');
    expect(entries(readings).find(({ id }) => id === 'calls-on-live-backup')).toMatchObject({
      default: 'literal',
      choices: [{ choice: 'literal' }, { choice: 'survive' }],
    });
    expect(entries(readings)).toHaveLength(11);
  });
});

describe('Health', () => {
  it('tells that the store answers and the views follow it', async () => {
    const position = String(await service.poolkeeper.store.lastPosition());
    expect(await service.shown('/health')).toMatchObject({
      status: 'ok',
      details: { store: { status: 'up', position }, views: { status: 'up', position } },
    });
  });

  it('says that the process lives, and that requests may be sent to it', async () => {
    expect(await service.shown('/health/live')).toEqual({ status: 'ok' });
    expect(await service.shown('/health/ready')).toEqual(await service.shown('/health'));
  });

  it('tells with 503 that the store cannot be reached, which is no reason to start anew', async () => {
    const broken = await Service.start();
    await broken.poolkeeper.store.close();
    for (const route of ['/health', '/health/ready']) {
      expect(await broken.get(route)).toMatchObject({
        status: 503,
        body: { status: 'error', details: { store: { status: 'down' } } },
      });
    }
    expect(await broken.get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    const refused = await broken.when(ask('register-pair', { pools: [{ fqdn: 'a.b' }, { fqdn: 'c.d' }] }));
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toMatch(/^[1-9]/);
    expect(refused.headers['content-type']).toMatch('application/problem+json');
    await broken.stop();
  });
});

describe('What does not exist', () => {
  it.each<[string, JsonObject]>([
    ['/v1/pools/nowhere.contoso.com', { errors: [{ pointer: '/fqdn' }] }],
    ['/v1/pools/nowhere.contoso.com/visibility', { errors: [{ pointer: '/fqdn' }] }],
    ['/v1/pools/nowhere.contoso.com/audit-trail', { errors: [{ pointer: '/fqdn' }] }],
    ['/v1/calls/never-heard-of', { errors: [{ pointer: '/callId' }] }],
    ['/v1/agents/sip:nobody@contoso.com/console', { errors: [{ pointer: '/agent' }] }],
    ['/v1/commands/win-the-lottery', { allowed: expect.arrayContaining(['declare-outage']) as never }],
    ['/v2/pools', { type: 'urn:poolkeeper:problem:no-such-route' }],
  ])('is a problem document at %s', async (url, problem) => {
    const answer = await service.get(url);
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.body).toMatchObject({
      ...problem,
      status: 404,
      title: expect.any(String),
      detail: expect.any(String),
    });
  });

  it('a command is given with POST', async () => {
    expect(await service.get('/v1/commands/failback')).toMatchObject({
      status: 405,
      body: { allowed: ['POST'] },
    });
  });
});
