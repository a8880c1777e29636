/** A pool failed and never comes back, and all that it owned was moved to its partner: every view and refusal says what is left. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { ask, declareOutage, importGroups, recordExport, registerPair } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

const clock = () => new Date('2026-11-24T03:00:00Z');
const third = 'bodo.contoso.com';
let service: Service;
let pair: Pair;
let lost: string;
let other: string;
beforeEach(async () => {
  service = await Service.start({ clock, store: openMemoryStore({ clock }) });
  pair = await Pair.registered(service);
  [lost, other] = [pair.primary, pair.backup];
  const exportId = textOf((await service.when(recordExport(lost))).body['exportId']);
  await service.given(
    declareOutage(lost),
    importGroups(other, exportId),
    ask('initiate-failover', { pool: lost }),
    ask('complete-failover', { pool: lost }),
    ask('import-response-groups', { destination: other, exportId, overwriteOwner: true }),
  );
});
afterEach(() => service.stop());

const of = async (pool: string, view: string): Promise<JsonObject> =>
  await service.shown(`/v1/pools/${pool}${view}`);
const found = async (pool: string): Promise<readonly string[]> =>
  entries((await of(pool, '/readiness'))['findings']).map(({ id }) => textOf(id));
const toDo = async (): Promise<readonly string[]> =>
  entries((await of(lost, '/runbook'))['steps'])
    .filter(({ state }) => ['now', 'blocked', 'available', 'later'].includes(textOf(state)))
    .map(({ id, state }) => `${textOf(state)} ${textOf(id)}`);

describe('A pool of which its partner owns all', () => {
  it('has nothing at stake, and a runbook that ends with its record', async () => {
    expect(await of(lost, '/readiness')).toMatchObject({ verdict: 'ready', atStake: { total: 0 } });
    expect(await found(lost)).toEqual(['given-up']);
    expect(await toDo()).toEqual([
      'now move-users-away',
      'now leave-the-pair',
      'blocked close-given-up',
      'blocked retire-pool',
    ]);
    const closing = await service.when(ask('close-incident', { pool: lost }));
    expect(closing).toMatchObject({ status: 409, body: { allowed: ['unpair', 'failback'] } });
    const back = await service.when(ask('failback', { pool: lost }));
    expect(back).toMatchObject({ status: 200, body: { warnings: [{ code: 'owned-by-the-partner' }] } });
    expect(await found(lost)).toContain('owner-clash');
  });

  it('says the same in readiness, runbook and refusals on the way to its end', async () => {
    await service.given(registerPair(other, third));
    expect(await found(lost)).toEqual(['agents-home-ended', 'given-up']);
    expect(await found(other)).toContain('agents-home-ended');
    expect(await toDo()).toEqual(['now move-users-away', 'now close-given-up', 'blocked retire-pool']);
    for (const name of ['end-outage', 'declare-outage', 'complete-failback', 'failback'])
      expect(await service.when(ask(name, { pool: lost }))).toMatchObject({
        status: 409,
        body: { allowed: ['close-incident'] },
      });
    await service.given(ask('close-incident', { pool: lost }));
    expect(await of(lost, '/readiness')).toMatchObject({ verdict: 'warnings', atStake: { total: 0 } });
    expect(await toDo()).toEqual(['now move-users-away', 'blocked retire-pool']);
    for (const name of ['end-outage', 'declare-outage', 'complete-failback', 'failback', 'initiate-failover'])
      expect(await service.when(ask(name, { pool: lost }))).toMatchObject({
        status: 409,
        body: { rule: 'in-a-pair', allowed: [`retire-pool ${lost}`] },
      });
    await service.given(ask('move-agent', { agent: pair.agentOfPrimary, homePool: other, force: true }));
    expect(await found(lost)).toEqual(['given-up']);
    expect(await found(other)).not.toContain('agents-home-ended');
    expect(await toDo()).toEqual(['now retire-pool']);
    await service.given(ask('retire-pool', { pool: lost }));
    expect(await found(lost)).toEqual([]);
    expect(await toDo()).toEqual([]);
  });
});
