import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { ask, callArrives, callConnects, callEnds, declareOutage, signIn } from './support/commands.js';
import { Pair } from './support/pair.js';
import { Service, type Ask } from './support/service.js';

/** A clock that is set by hand, so that every moment has a name. */
let now = '2026-11-24T03:00:00.000Z';
let service: Service;
let pair: Pair;

const viewsOf = (of: Pair): readonly string[] => [
  '/v1/pools',
  `/v1/pools/${of.primary}`,
  `/v1/pools/${of.primary}/visibility`,
  `/v1/pools/${of.primary}/editability`,
  `/v1/pools/${of.primary}/call-status`,
  `/v1/pools/${of.primary}/readiness`,
  `/v1/pools/${of.primary}/runbook`,
  `/v1/pools/${of.primary}/exports`,
  `/v1/pools/${of.primary}/configuration`,
  `/v1/pools/${of.primary}/why?object=${of.regular}&tool=controlPanel`,
  `/v1/pools/${of.primary}/incidents`,
  '/v1/incidents',
  `/v1/pools/${of.primary}/calls`,
  `/v1/pools/${of.primary}/calls?status=connected`,
  `/v1/calls/early`,
  `/v1/agents/${of.agentOfPrimary}/console`,
  `/v1/pools/${of.primary}/audit-trail?limit=1000`,
];
const withQuery = (url: string, query: Readonly<Record<string, string>>): string =>
  `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(query).toString()}`;
const withoutMoment = ({ asOf: _asOf, at: _at, position: _position, ...content }: JsonObject): JsonObject =>
  content;
const happened = ({ name, body }: Ask, occurredAt: string): Ask => ask(name, { ...body, occurredAt });
const shown = (url: string, query: Readonly<Record<string, string>>) => service.shown(withQuery(url, query));
const stageAt = async (at: string) => (await shown(`/v1/pools/${pair.primary}`, { at }))['stage'];
const refusalOf = async (url: string, query: Readonly<Record<string, string>>) => {
  const { status, body } = await service.get(withQuery(url, query));
  return { status, errors: body['errors'] };
};

beforeAll(async () => {
  service = await Service.start({ clock: () => new Date(now) });
  pair = await Pair.withImport(service);
  now = '2026-11-24T10:00:00.000Z';
  await service.given(
    callArrives('early', pair.primary, pair.regular),
    signIn(pair.agentOfPrimary, pair.primary, pair.ownGroup),
  );
});
afterAll(() => service.stop());

describe('While everything is recorded as it happens', () => {
  it('a view at now is the live view, and so it is at the last position', async () => {
    const position = String(await service.poolkeeper.store.lastPosition());
    for (const url of viewsOf(pair)) {
      const live = withoutMoment(await service.shown(url));
      expect(withoutMoment(await shown(url, { at: now }))).toEqual(live);
      expect(withoutMoment(await shown(url, { at: now, asOf: now }))).toEqual(live);
      expect(withoutMoment(await shown(url, { at: position }))).toEqual(live);
    }
  });

  it('a view at an earlier moment is the one as of that moment', async () => {
    const moment = '2026-11-24T04:00:00.000Z';
    for (const url of viewsOf(pair).filter((url) => !url.includes('early'))) {
      expect(withoutMoment(await shown(url, { at: moment }))).toEqual(
        withoutMoment(await shown(url, { asOf: moment })),
      );
    }
  });
});

describe('Facts that are recorded later', () => {
  const before: Record<string, string> = {};
  let known = '';

  beforeAll(async () => {
    now = '2026-11-24T11:00:00.000Z';
    await service.given(
      callArrives('late-call', pair.primary, pair.regular),
      callConnects('late-call', pair.agentOfBackup),
    );
    known = String(await service.poolkeeper.store.lastPosition());
    now = '2026-11-24T12:00:00.000Z';
    const taken = viewsOf(pair).map((url) => withQuery(url, { asOf: '2026-11-24T11:30:00.000Z' }));
    for (const url of taken) before[url] = (await service.get(url)).text;
    await service.given(
      happened(declareOutage(pair.primary), '2026-11-24T10:42:00.000Z'),
      happened(ask('initiate-failover', { pool: pair.primary }), '2026-11-24T10:50:00.000Z'),
      happened(ask('complete-failover', { pool: pair.primary }), '2026-11-24T10:54:00.000Z'),
      happened(callArrives('told-late', pair.primary, pair.regular), '2026-11-24T10:30:00.000Z'),
    );
    now = '2026-11-24T13:00:00.000Z';
  });

  it('count at the moment at which they happened', async () => {
    expect(await stageAt('2026-11-24T10:41:59.999Z')).toBe('normal');
    expect(await stageAt('2026-11-24T10:42:00.000Z')).toBe('outage');
    expect(await stageAt('2026-11-24T10:50:30.000Z')).toBe('failing-over');
    expect(await stageAt('2026-11-24T12:59:00.000Z')).toBe('failed-over');
    expect(await shown(`/v1/calls/told-late`, { at: '2026-11-24T10:41:00Z' })).toMatchObject({
      status: 'in-progress',
      at: '2026-11-24T10:41:00.000Z',
    });
    expect(await shown(`/v1/calls/told-late`, { at: '2026-11-24T10:43:00Z' })).toMatchObject({
      status: 'disconnected',
      because: ['outage/in-progress-calls/1'],
    });
  });

  it('change nothing of what was known before', async () => {
    for (const [url, text] of Object.entries(before)) expect((await service.get(url)).text).toBe(text);
  });

  it('are left out where both moments are asked for', async () => {
    const at = '2026-11-24T10:45:00Z';
    const pool = `/v1/pools/${pair.primary}`;
    expect(await shown(pool, { at })).toMatchObject({ stage: 'outage' });
    expect(await shown(pool, { at, asOf: known })).toMatchObject({ stage: 'normal', position: known });
    expect(await shown(pool, { at, asOf: '2026-11-24T11:59:00Z' })).toMatchObject({ stage: 'normal' });
  });

  it('are listed with the answer where they make no sense in that order', async () => {
    await service.given(happened(callEnds('late-call'), '2026-11-24T10:20:00.000Z'));
    const page = await shown(`/v1/pools/${pair.primary}/calls`, { at: '2026-11-24T12:00:00Z' });
    expect(page['contradicted']).toEqual([
      {
        event: expect.any(String),
        position: expect.any(String),
        type: 'CallEnded',
        detail: 'Call late-call had not arrived.',
      },
    ]);
    expect(await shown(`/v1/calls/late-call`, { at: now })).toMatchObject({
      contradicted: [{ type: 'CallEnded' }],
    });
    const pool = await shown(`/v1/pools/${pair.primary}`, { at: now });
    expect(pool).not.toHaveProperty('contradicted');
  });

  it('change the entity tag of an answer, whatever moment it is of', async () => {
    const url = withQuery(`/v1/pools/${pair.primary}/call-status`, { at: '2026-11-24T09:00:00Z' });
    const first = await service.get(url);
    const tag = String(first.headers['etag']);
    expect((await service.get(url, { 'if-none-match': tag })).status).toBe(304);
    await service.given(
      happened(callArrives('later-still', pair.primary, pair.regular), '2026-11-24T12:30:00.000Z'),
    );
    const again = await service.get(url, { 'if-none-match': tag });
    expect(again.status).toBe(200);
    expect(again.headers['etag']).not.toBe(tag);
  });

  it('page like others', async () => {
    const url = `/v1/pools/${pair.primary}/calls`;
    const all = await shown(url, { at: now });
    const ids = [];
    let cursor: string | null = null;
    do {
      const page: JsonObject = await shown(url, {
        at: now,
        limit: '1',
        ...(cursor === null ? {} : { cursor }),
      });
      ids.push(...(page['calls'] as JsonObject[]).map((call) => call['callId']));
      cursor = page['next'] as string | null;
    } while (cursor !== null);
    expect(ids).toEqual((all['calls'] as JsonObject[]).map((call) => call['callId']));
    expect(ids).toEqual(['early', 'told-late', 'late-call', 'later-still']);
  });
});

describe('A moment', () => {
  it('is named by a stage of an incident, and by the time before or after its beginning', async () => {
    expect(await stageAt('incident/1/outage')).toBe('outage');
    expect(await stageAt('incident/1/outage-1s')).toBe('normal');
    expect(await stageAt('incident/last/failing-over')).toBe('failing-over');
    expect(await stageAt('incident/last/failing-over+5m')).toBe('failed-over');
    // A plus sign that is not escaped arrives as a space.
    const { body } = await service.get(`/v1/pools/${pair.primary}?at=incident/1/failing-over+3m59s`);
    expect(body).toMatchObject({ stage: 'failing-over', at: '2026-11-24T10:53:59.000Z' });
  });

  it('is named as of the moment at which a stage was recorded', async () => {
    const pool = `/v1/pools/${pair.primary}`;
    expect(await shown(pool, { asOf: 'incident/1/outage' })).toMatchObject({ stage: 'outage' });
    expect(await shown(pool, { asOf: 'incident/1/outage-1h' })).toMatchObject({
      stage: 'normal',
      asOf: '2026-11-24T11:00:00.000Z',
    });
  });

  it('is named by the id of an event', async () => {
    const { entries } = await service.shown(`/v1/pools/${pair.primary}/audit-trail?type=FailoverInitiated`);
    const [{ id = '', position = '' } = {}] = entries as { id?: string; position?: string }[];
    expect(await stageAt(id)).toBe('failing-over');
    expect(await shown(`/v1/pools/${pair.primary}`, { asOf: id })).toMatchObject({
      position,
      asOf: position,
    });
    expect(await shown(`/v1/agents/${pair.agentOfPrimary}/console`, { at: id })).toMatchObject({
      at: '2026-11-24T10:50:00.000Z',
    });
  });

  it('bounds calls, the audit trail, differences and replays', async () => {
    const pool = `/v1/pools/${pair.primary}`;
    const calls = await shown(`${pool}/calls`, { from: 'incident/1/outage', at: now });
    expect((calls['calls'] as JsonObject[]).map((call) => call['callId'])).toContain('told-late');
    const trail = await shown(`${pool}/audit-trail`, {
      from: 'incident/1/outage',
      to: 'incident/1/failing-over',
    });
    expect((trail['entries'] as JsonObject[]).map((entry) => entry['type'])).toEqual(
      expect.arrayContaining(['OutageDeclared', 'FailoverInitiated']),
    );
    expect((trail['entries'] as JsonObject[]).map((entry) => entry['type'])).not.toContain(
      'FailoverCompleted',
    );
    const diff = await shown(`${pool}/diff`, { from: 'incident/1/outage', to: 'incident/1/failed-over' });
    expect(diff).toMatchObject({ stage: { before: { stage: 'outage' }, after: { stage: 'failed-over' } } });
    const { text } = await service.get(
      withQuery(`${pool}/replay`, { from: 'incident/1/outage', to: 'incident/1/failed-over' }),
    );
    expect(text.trim().split('\n')).toHaveLength(2);
  });

  it('that cannot be told is refused, with the nearest that can', async () => {
    const pool = `/v1/pools/${pair.primary}`;
    const refused = async (at: string, url = pool) => {
      const { status, errors } = await refusalOf(url, { at });
      expect(status).toBe(400);
      return errors;
    };
    expect(await refused('incident/7/outage')).toEqual([
      {
        pointer: '/at',
        detail: `"incident/7/outage" cannot be told: ${pair.primary} has had 1 incident; the nearest that can be told: incident/1/outage, incident/1/failing-over, incident/1/failed-over.`,
      },
    ]);
    expect(await refused('incident/1/failed-back')).toMatchObject([{ pointer: '/at' }]);
    expect(await refused('incident/1/failed-ovr')).toMatchObject([
      { detail: expect.stringContaining('did you mean failed-over?') },
    ]);
    expect(await refused('incident/1/outage', `/v1/pools/${pair.backup}`)).toMatchObject([
      { detail: expect.stringContaining('has had no incident') },
    ]);
    expect(await refused('incident/1/outage', `/v1/agents/${pair.agentOfPrimary}/console`)).toMatchObject([
      { detail: expect.stringContaining('names a stage of one pool') },
    ]);
    expect(await refused('00000000-0000-4000-8000-000000000000')).toMatchObject([
      { detail: expect.stringContaining('the last one is') },
    ]);
    const nowhere = '00000000-0000-4000-8000-000000000000';
    expect(await refused(nowhere, '/v1/pools')).toEqual([
      {
        pointer: '/at',
        detail: `No event has the id ${nowhere}; the audit trails of pools show those that there are.`,
      },
    ]);
    expect(await refused('incident/1/outage+30d')).toMatchObject([
      { detail: expect.stringContaining('lies in the future') },
    ]);
    expect(await refused('2027-01-01T00:00:00Z')).toMatchObject([{ pointer: '/at' }]);
    expect(await refused('yesterday')).toMatchObject([{ pointer: '/at' }]);
    expect(await refusalOf(pool, { at: '99999999', asOf: '99999999' })).toMatchObject({
      status: 400,
      errors: [{ pointer: '/asOf' }, { pointer: '/at' }],
    });
  });

  it('before everything gives the empty answer', async () => {
    expect(await shown(`/v1/pools/${pair.primary}`, { at: '0' })).toMatchObject({ stage: null });
    expect(await shown(`/v1/pools/${pair.primary}/calls`, { at: '2000-01-01T00:00:00Z' })).toMatchObject({
      calls: [],
    });
  });
});

describe('What is asked of one agent', () => {
  it('is answered as it is now where all was recorded as it happened, also of a sign-in that a failure ended', async () => {
    const own = await Service.start({ clock: () => new Date(now) });
    try {
      const of = await Pair.withImport(own);
      const inTurn = async (...commands: readonly Ask[]): Promise<void> => {
        for (const command of commands) {
          now = new Date(Date.parse(now) + 600_000).toISOString();
          await own.given(command);
        }
      };
      await inTurn(
        signIn(of.agentOfPrimary, of.primary, of.ownGroup),
        declareOutage(of.primary),
        ask('initiate-failover', { pool: of.primary }),
        ask('complete-failover', { pool: of.primary }),
        ask('failback', { pool: of.primary }),
        ask('complete-failback', { pool: of.primary }),
      );
      for (const agent of [of.agentOfPrimary, of.agentOfBackup]) {
        const url = `/v1/pools/${of.primary}/why?object=${of.ownGroup}&tool=agentConsole&agent=${agent}`;
        const live = withoutMoment(await own.shown(url));
        expect(withoutMoment(await own.shown(withQuery(url, { at: now })))).toEqual(live);
      }
    } finally {
      await own.stop();
    }
  });
});
