import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import { ask, callArrives, callConnects, moveAgent, registerAgent, signIn } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { preview } from './support/preview.js';
import { Service } from './support/service.js';

const clock = () => new Date('2026-11-24T03:00:00Z');
let table: MemoryTable;
let service: Service;
let pair: Pair;
let other: Pair;
const started = () => Service.start({ clock, store: openMemoryStore({ clock, table }) });
beforeEach(async () => {
  table = new MemoryTable();
  service = await started();
  pair = await Pair.withImport(service);
  other = await Pair.registered(service);
});
afterEach(() => service.stop());

const position = async (): Promise<string> => String(await service.poolkeeper.store.lastPosition());
const console = async (agent: string, moment = ''): Promise<JsonObject> =>
  await service.shown(`/v1/agents/${agent}/console${moment}`);
const trail = async (pool: string, query = ''): Promise<readonly JsonObject[]> =>
  entries((await service.shown(`/v1/pools/${pool}/audit-trail?limit=1000${query}`))['entries']);
const agentsOf = async (pool: string, moment = ''): Promise<readonly JsonObject[]> =>
  entries((await service.shown(`/v1/pools/${pool}/configuration${moment}`))['agents']);
const summaries = (shown: readonly JsonObject[]): readonly string[] =>
  shown.map(({ summary }) => textOf(summary));

describe('An agent who is moved to the other pool of the pair', () => {
  it('is homed there in every view, and where they were in every view as of before', async () => {
    const kim = pair.agentOfPrimary;
    await service.given(signIn(kim, pair.primary, pair.ownGroup));
    const before = await position();
    const then = [await console(kim), await agentsOf(pair.primary), await trail(pair.primary)];
    const answer = await service.when(moveAgent(kim, pair.backup));
    expect(answer).toMatchObject({
      status: 200,
      body: {
        events: [{ type: 'AgentMoved', data: { agent: kim, from: pair.primary, homePool: pair.backup } }],
        warnings: [{ code: 'sign-in-again' }],
      },
    });
    expect(await console(kim)).toMatchObject({ homePool: pair.backup, homeStage: 'normal' });
    const groups = entries((await console(kim))['objects']);
    expect(groups.map(({ signedIn }) => signedIn)).not.toContain(true);
    const [listed] = (await agentsOf(pair.primary)).filter(({ agent }) => agent === kim);
    expect(listed).toMatchObject({ homePool: pair.backup });
    const asThen = `?asOf=${before}`;
    const { asOf: _asOf, position: _position, ...shownThen } = await console(kim, asThen);
    expect(then[0]).toMatchObject(shownThen);
    expect(await agentsOf(pair.primary, asThen)).toEqual(then[1]);
    expect(await trail(pair.primary, `&asOf=${before}`)).toEqual(then[2]);
    await service.stop();
    service = await started();
    await service.caughtUp();
    expect(await console(kim)).toMatchObject({ homePool: pair.backup });
  });

  it('answers calls during the outage of the pool that they left', async () => {
    const kim = pair.agentOfPrimary;
    await pair.reaches('outage');
    await service.given(callArrives('late', pair.primary, pair.regular));
    expect(await service.when(callConnects('late', kim))).toMatchObject({
      status: 409,
      body: { rule: 'agent-unreachable' },
    });
    expect(await service.when(moveAgent(kim, pair.backup))).toMatchObject({
      status: 409,
      body: { rule: 'move-needs-force', allowed: ['force', `end-outage ${pair.primary}`] },
    });
    await service.given(moveAgent(kim, pair.backup, true), callConnects('late', kim));
    expect(await console(kim)).toMatchObject({ reachable: { reachability: 'reachable' } });
    const [moved] = await trail(pair.primary, '&type=AgentMoved');
    expect(moved).toMatchObject({
      summary: `Agent ${kim} moved from ${pair.primary} to ${pair.backup} with -Force`,
    });
  });

  it('is moved once: a move that a later fact needs is not retracted', async () => {
    const kim = pair.agentOfPrimary;
    const { body } = await service.when(moveAgent(kim, pair.backup));
    const [moved] = entries(body['events']);
    const retract = ask('retract', { eventId: textOf(moved?.['id']), reason: 'Another Kim' });
    await pair.reaches('outage');
    await service.given(callArrives('late', pair.primary, pair.regular), callConnects('late', kim));
    expect(await service.when(retract)).toMatchObject({
      status: 409,
      body: { rule: 'later-facts-need-it', detail: expect.stringContaining('CallConnected') as unknown },
    });
    const lee = pair.agentOfBackup;
    await service.given(ask('end-outage', { pool: pair.primary }));
    const away = await service.when(moveAgent(lee, pair.primary));
    await service.given(moveAgent(lee, other.primary));
    const first = textOf(entries(away.body['events'])[0]?.['id']);
    expect(await service.when(ask('retract', { eventId: first, reason: 'Another Lee' }))).toMatchObject({
      status: 409,
      body: { rule: 'later-facts-need-it', detail: expect.stringContaining('AgentMoved') as unknown },
    });
  });

  it('is where they were once the move is retracted, signed in as before', async () => {
    const kim = pair.agentOfPrimary;
    await service.given(signIn(kim, pair.primary, pair.ownGroup));
    const { objects } = await console(kim);
    const { body } = await service.when(moveAgent(kim, pair.backup));
    const eventId = textOf(entries(body['events'])[0]?.['id']);
    await service.given(ask('retract', { eventId, reason: 'Another Kim' }));
    expect(await console(kim)).toMatchObject({ homePool: pair.primary, objects });
  });

  it('is seen by a preview as signed in nowhere any more', async () => {
    const kim = pair.agentOfPrimary;
    await service.given(signIn(kim, pair.primary, pair.ownGroup));
    await service.caughtUp();
    const answer = await preview(service, moveAgent(kim, other.backup));
    expect(answer).toMatchObject({
      status: 200,
      body: {
        outcome: 'accepted',
        events: [{ type: 'AgentMoved' }],
        effects: { agentConsole: [{ id: pair.ownGroup, signedOut: [kim] }] },
      },
    });
    expect(await console(kim)).toMatchObject({ homePool: pair.primary });
  });
});

describe('An agent who is moved to a pool of another pair', () => {
  it('belongs to that pair from then on, and stays in the trail of the one that they left', async () => {
    const kim = pair.agentOfPrimary;
    await service.given(signIn(kim, pair.primary, pair.ownGroup));
    const before = summaries(await trail(pair.primary));
    const elsewhere = summaries(await trail(other.primary));
    await service.given(moveAgent(kim, other.backup));
    const moved = `Agent ${kim} moved from ${pair.primary} to ${other.backup}`;
    expect(summaries(await trail(pair.primary))).toEqual([...before, moved]);
    expect(summaries(await trail(other.primary))).toEqual([...elsewhere, moved]);
    await service.given(signIn(kim, pair.primary, pair.ownGroup));
    const again = `Agent ${kim} signed in to agent group ${pair.ownGroup} on ${pair.primary}`;
    expect(summaries(await trail(pair.primary)).at(-1)).toBe(again);
    expect(summaries(await trail(other.primary))).toEqual([...elsewhere, moved, again]);
    expect(await agentsOf(other.primary)).toContainEqual({ agent: kim, homePool: other.backup, groups: [] });
    const home = await service.shown(`/v1/search?q=${encodeURIComponent(kim)}`);
    expect(entries(home['hits'])).toContainEqual(
      expect.objectContaining({ kind: 'agent', pool: other.backup }),
    );
    await other.reaches('outage');
    await service.given(moveAgent(kim, pair.primary));
    expect(await console(kim)).toMatchObject({ homePool: pair.primary });
  });

  it('keeps a pair that they were homed in from being unregistered', async () => {
    const [first, second] = ['one.contoso.com', 'two.contoso.com'];
    await service.given(
      ask('register-pair', { pools: [{ fqdn: first }, { fqdn: second }] }),
      registerAgent('sip:pat@contoso.com', first),
      moveAgent('sip:pat@contoso.com', pair.primary),
    );
    expect(await service.when(ask('unregister-pair', { pool: first }))).toMatchObject({
      status: 409,
      body: { rule: 'pair-has-history' },
    });
  });
});
