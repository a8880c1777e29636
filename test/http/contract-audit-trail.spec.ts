import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import type { JsonObject } from '../../events/envelope.js';
import { ask, callArrives, declareOutage, registerAgent, signIn, signOut } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service, type Ask } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let service: Service;
let pair: Pair;
const conversation = 'night-of-the-storm';
const url = (query = '', of = pair) => `/v1/pools/${of.primary}/audit-trail${query}`;
const shown = async (query: string) => entries((await service.shown(url(query)))['entries']);
const given = (command: Ask) => service.when(command, { 'x-correlation-id': conversation, 'x-actor': 'kim' });

/** All entries, in pages of some size. */
async function paged(limit: number, filter = ''): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (let cursor = ''; ;) {
    const page = await service.shown(url(`?limit=${limit}${filter}${cursor}`));
    found.push(...entries(page['entries']));
    if (page['next'] === null) return found;
    expect(entries(page['entries'])).toHaveLength(limit);
    cursor = `&cursor=${textOf(page['next'])}`;
  }
}

/** The backup fails while it serves the calls of the primary: calls of both pools are cut off by one event. */
beforeAll(async () => {
  service = await Service.start();
  pair = await Pair.withImport(service);
  await pair.newCall();
  await pair.newCall();
  await pair.connectedCall(pair.anonymous);
  await given(declareOutage(pair.primary, { occurredAt: '2026-01-01T03:00:00Z' }));
  await service.given(
    ask('initiate-failover', { pool: pair.primary }),
    ask('complete-failover', { pool: pair.primary }),
  );
  await pair.newCall();
  await service.given(callArrives(`of-backup-${pair.number}`, pair.backup, pair.regularOfBackup));
  await given(declareOutage(pair.backup));
  await service.when(declareOutage(pair.backup, { backEndDatabase: 'lost' }));
  await service.when(ask('failback', { pool: pair.backup }));
});
afterAll(() => service.stop());

describe('Calls that a stage cuts off', () => {
  it('stand in the trail right after the event that did it, with their number by statement', async () => {
    const all = await shown('?limit=1000');
    const [outage, cutOff] = all.slice(all.findIndex(({ type }) => type === 'OutageDeclared'));
    expect(cutOff).toEqual({
      position: outage?.['position'],
      id: `${textOf(outage?.['id'])}/1`,
      stream: null,
      revision: null,
      type: 'CallsCutOff',
      schemaVersion: null,
      occurredAt: '2026-01-01T03:00:00.000Z',
      recordedAt: outage?.['recordedAt'],
      actor: null,
      command: null,
      refused: false,
      derived: true,
      pool: pair.primary,
      incident: outage?.['incident'],
      correlationId: conversation,
      causationId: outage?.['id'],
      commandId: outage?.['commandId'],
      causedBy: outage?.['id'],
      causes: [],
      because: ['outage/in-progress-calls/1', 'outage/connected-calls/2'],
      summary: `3 calls of ${pair.primary} cut off as outage began for ${pair.primary}`,
      data: {
        pool: pair.primary,
        stage: 'outage',
        ofPool: pair.primary,
        calls: 3,
        cutOff: { 'outage/in-progress-calls/1': 2, 'outage/connected-calls/2': 1 },
      },
    });
    expect(outage).toMatchObject({ derived: false, causedBy: null, causes: [cutOff?.['id']] });
  });

  it('are as many as the view of the calls says', async () => {
    const { totals } = await service.shown(`/v1/pools/${pair.primary}/call-status`);
    const cutOff = (await shown('?type=CallsCutOff')).filter(({ pool }) => pool === pair.primary);
    const calls = cutOff.map(({ data }) => Number((data as JsonObject)['calls']));
    expect(calls.reduce((sum, number) => sum + number, 0)).toBe((totals as JsonObject)['disconnected']);
  });

  it('of both pools stand apart after one event', async () => {
    const all = await shown('?limit=1000');
    const last = all.filter(({ type }) => type === 'OutageDeclared').at(-1);
    const caused = all.filter(({ causedBy }) => causedBy === last?.['id']);
    expect(new Set(caused.map(({ pool }) => pool))).toEqual(new Set([pair.primary, pair.backup]));
    expect(last?.['causes']).toEqual(caused.map(({ id }) => id));
  });

  it('are there as of their moment and not before', async () => {
    const [first] = await shown('?type=CallsCutOff');
    const position = textOf(first?.['position']);
    expect(await shown(`?type=CallsCutOff&asOf=${position}`)).toEqual([first]);
    expect(await shown(`?type=CallsCutOff&asOf=${Number(position) - 1}`)).toEqual([]);
  });
});

describe('The filters of the trail', () => {
  it('pick a conversation, with what followed from it', async () => {
    const types = (await shown(`?correlationId=${conversation}`)).map(({ type }) => type);
    expect(types).toEqual(['OutageDeclared', 'CallsCutOff', 'OutageDeclared', 'CallsCutOff', 'CallsCutOff']);
    expect(await shown('?correlationId=of-nobody')).toEqual([]);
  });

  it("take what is derived for of its incident and its time, and for nobody's act", async () => {
    const [first] = await shown('?type=CallsCutOff');
    expect(await shown(`?type=CallsCutOff&incident=${textOf(first?.['incident'])}`)).toEqual([first]);
    expect(await shown('?type=CallsCutOff&to=2026-01-01T03:00:00Z')).toEqual([first]);
    expect(await shown('?type=CallsCutOff&actor=kim')).toEqual([]);
    expect(await shown('?type=CallsCutOff&refused=true')).toEqual([]);
  });

  it('give what passes of the whole trail, and nothing else', async () => {
    const whole = await shown('?limit=1000');
    const incidents = [...new Set(whole.map(({ incident }) => incident))].filter((id) => id !== null);
    const filters: readonly (readonly [string, (entry: JsonObject) => boolean])[] = [
      ...[...new Set(whole.map(({ type }) => textOf(type)))].map(
        (type) => [`type=${type}`, (entry: JsonObject) => entry['type'] === type] as const,
      ),
      ...incidents.map(
        (id) => [`incident=${textOf(id)}`, (entry: JsonObject) => entry['incident'] === id] as const,
      ),
      ['refused=true', (entry) => entry['refused'] === true],
      ['refused=false', (entry) => entry['refused'] === false],
      ['actor=kim', (entry) => entry['actor'] === 'kim'],
    ];
    for (const [filter, passes] of filters) {
      expect([filter, await shown(`?limit=1000&${filter}`)]).toEqual([filter, whole.filter(passes)]);
    }
  });

  it.each([
    ['type=CallsHungUp', '/type'],
    ['format=xml', '/format'],
    ['correlationId=', '/correlationId'],
    ['cursor=YWZ0ZXI6MS4y', '/cursor'],
  ])('%s is refused', async (query, pointer) => {
    expect(await service.get(url(`?${query}`))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });
});

describe('Pages', () => {
  it('of any size, one after the other, are the whole', async () => {
    const whole = await shown('?limit=1000');
    const { length } = await shown('?type=CallsCutOff');
    expect(length).toBe(3);
    const size = fc.integer({ min: 1, max: whole.length + 1 });
    const filter = fc.constantFrom(
      '',
      '&type=CallsCutOff',
      '&refused=false',
      `&correlationId=${conversation}`,
    );
    await fc.assert(
      fc.asyncProperty(size, filter, async (limit, only) => {
        expect(await paged(limit, only)).toEqual(await shown(`?limit=1000${only}`));
      }),
      {
        numRuns: runs(15),
        examples: [
          [1, ''],
          [1, '&type=CallsCutOff'],
          [whole.length, ''],
        ],
      },
    );
  });

  it('that were read stay as they are when more happens', async () => {
    const before = await service.shown(url('?limit=5'));
    const cut = [];
    for (let cursor = '', next: unknown = ''; next !== null; cursor = `&cursor=${String(next)}`) {
      const page = await service.shown(url(`?limit=2${cursor}`));
      ({ next } = page);
      if (next !== null) cut.push({ cursor, entries: page['entries'], next });
    }
    const visitor = `sip:visitor-${pair.number}@contoso.com`;
    const elsewhere = await Pair.registered(service);
    await service.given(
      registerAgent(visitor, elsewhere.primary),
      ask('end-outage', { pool: pair.backup }),
      signIn(elsewhere.agentOfPrimary, elsewhere.primary, elsewhere.ownGroup),
    );
    await pair.newCall();
    await given(declareOutage(pair.backup));
    expect(await service.shown(url('?limit=5'))).toMatchObject({
      entries: before['entries'] as object,
      next: before['next'],
    });
    for (const { cursor, ...page } of cut) {
      expect(await service.shown(url(`?limit=2${cursor}`))).toMatchObject(page);
    }
  });

  it('hold agents of other pools who sign in here, also once they have signed out', async () => {
    const [here, there] = [await Pair.registered(service), await Pair.registered(service)];
    const visitor = there.agentOfPrimary;
    await service.given(
      ask('modify-object', {
        pool: here.primary,
        kind: 'agent-group',
        id: here.ownGroup,
        properties: { agentsByUri: [visitor] },
        tool: 'managementShell',
      }),
      signIn(visitor, here.primary, here.ownGroup),
      signOut(visitor, here.primary, here.ownGroup),
    );
    const { entries: trail } = await service.shown(`/v1/pools/${here.primary}/audit-trail?limit=1000`);
    const ofVisitor = entries(trail).filter(({ data }) => (data as JsonObject)['agent'] === visitor);
    expect(ofVisitor.map(({ type }) => type)).toEqual(['AgentSignedIn', 'AgentSignedOut']);
  });

  it('hold no agent whose address only begins like that of one who belongs here', async () => {
    const here = await Pair.registered(service);
    const there = await Pair.registered(service);
    const namesake = `${here.agentOfPrimary}.example`;
    await service.given(registerAgent(namesake, there.primary));
    const agents = (of: Pair) =>
      service
        .shown(`/v1/pools/${of.primary}/audit-trail?type=AgentRegistered`)
        .then(({ entries: list }) => entries(list).map(({ data }) => (data as JsonObject)['agent']));
    expect(await agents(here)).toEqual([here.agentOfPrimary, here.agentOfBackup]);
    expect(await agents(there)).toContain(namesake);
  });
});
