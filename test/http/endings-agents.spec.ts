/** Nobody is homed in a pool whose service has ended, and who is left there is named. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { ask, createAgentGroup, moveAgent, registerAgent, registerPair } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

const clock = () => new Date('2026-11-24T03:00:00Z');
const gone = 'narvik.contoso.com';
const spare = 'tromso.contoso.com';
let service: Service;
let pair: Pair;
beforeEach(async () => {
  service = await Service.start({ clock, store: openMemoryStore({ clock }) });
  pair = await Pair.registered(service);
});
afterEach(() => service.stop());

const head = async (): Promise<string> => String(await service.poolkeeper.store.lastPosition());
const list = async (rows: readonly string[], query = '') =>
  await service.send({
    method: 'PUT',
    url: `/v1/agents${query}`,
    headers: { 'content-type': 'text/csv' },
    payload: ['SipAddress,RegistrarPool', ...rows].join('\r\n'),
  });
const finding = async (pool: string): Promise<JsonObject | undefined> =>
  entries((await service.shown(`/v1/pools/${pool}/readiness`))['findings']).find(
    ({ id }) => id === 'agents-home-ended',
  );
const retire = (pool: string) => [ask('unpair', { pool }), ask('retire-pool', { pool })] as const;

describe('A pool that was retired', () => {
  beforeEach(async () => {
    await service.given(registerPair(gone, spare), ...retire(gone));
  });

  it('takes nobody in, by a move, a registration or a list', async () => {
    const before = await head();
    for (const into of [
      moveAgent(pair.agentOfPrimary, gone),
      moveAgent(pair.agentOfPrimary, gone, true),
      registerAgent('sip:new@contoso.com', gone),
    ])
      expect(await service.when(into)).toMatchObject({
        status: 409,
        body: { rule: 'home-pool-serves', allowed: ['homePool'] },
      });
    const rows = [`${pair.agentOfPrimary},${gone}`, `sip:new@contoso.com,${gone}`];
    const previewed = await list(rows, '?preview=true');
    // What is refused is on record, and nothing else.
    const refusals = 3;
    expect(BigInt(await head())).toBeLessThanOrEqual(BigInt(before) + BigInt(refusals));
    const answer = await list(rows);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        registered: [],
        moved: [],
        changed: [],
        unknownPools: [{ pool: gone, agents: 2, ended: 'retired' }],
      },
    });
    expect(previewed.body).toEqual({ preview: true, ...answer.body });
    expect(await service.shown(`/v1/agents/${pair.agentOfPrimary}/console`)).toMatchObject({
      homePool: pair.primary,
    });
    expect((await service.get('/v1/agents/sip:new@contoso.com/console')).status).toBe(404);
  });

  it('is a home again once a new pool has its name', async () => {
    await service.given(registerPair(gone, 'alta.contoso.com'), moveAgent(pair.agentOfPrimary, gone));
    const console = await service.shown(`/v1/agents/${pair.agentOfPrimary}/console`);
    expect(console).toMatchObject({ homePool: gone, homeStage: 'normal' });
    expect(console).not.toHaveProperty('homeEnded');
  });
});

describe('Agents of a pool that was given up', () => {
  it('are named by readiness of every pool whose groups have them, and a list goes on with them', async () => {
    const stranded = 'sip:stranded@contoso.com';
    await service.given(
      registerPair(gone, spare),
      registerAgent(stranded, gone),
      createAgentGroup(pair.primary, 'north', [stranded]),
      ask('create-object', { pool: gone, kind: 'queue', id: 'q', name: 'Q', tool: 'controlPanel' }),
    );
    const { body } = await service.when(ask('record-export', { pool: gone }));
    await service.given(
      ask('initiate-failover', { pool: gone }),
      ask('complete-failover', { pool: gone }),
      ask('import-response-groups', {
        destination: spare,
        exportId: textOf(body['exportId']),
        overwriteOwner: true,
      }),
      ask('unpair', { pool: gone }),
    );
    const shown = await service.shown(`/v1/agents/${stranded}/console`);
    expect(shown).toMatchObject({ homeStage: 'failed-over', homeEnded: 'given-up' });
    const named = await finding(pair.primary);
    expect(named).toMatchObject({
      severity: 'warning',
      objects: [{ id: 'north' }],
      action: { powershell: [expect.stringContaining(`Move-CsUser -Identity "${stranded}"`)] },
    });
    expect(named?.['detail']).toContain(`${stranded} (${gone}, given up; in Agents of north)`);
    expect(named?.['detail']).toContain('Nobody else is in Agents of north');
    // Who is on record there is still there; nobody else is.
    expect(await list([`${stranded},${gone}`, `sip:new@contoso.com,${gone}`])).toMatchObject({
      status: 200,
      body: {
        registered: [],
        changed: [{ agent: stranded }],
        unknownPools: [{ pool: gone, agents: 1, ended: 'given-up' }],
      },
    });
    await service.given(moveAgent(stranded, pair.backup, true));
    expect(await finding(pair.primary)).toBeUndefined();
  });
});
