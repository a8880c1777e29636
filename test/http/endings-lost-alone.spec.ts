/** A pool in no pair is down and never comes back: nobody stands in, nothing takes its place, and its record ends. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { ask, declareOutage, recordExport, registerPair } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { preview } from './support/preview.js';
import { Service } from './support/service.js';

const clock = () => new Date('2026-11-24T03:00:00Z');
const views = [
  '',
  '/visibility',
  '/editability',
  '/configuration',
  '/call-status',
  '/calls',
  '/audit-trail',
  '/readiness',
  '/runbook',
  '/incidents',
  '/exports',
];
let service: Service;
let pair: Pair;
let lost: string;
let other: string;
let exportId: string;
beforeEach(async () => {
  service = await Service.start({ clock, store: openMemoryStore({ clock }) });
  pair = await Pair.registered(service);
  [lost, other] = [pair.primary, pair.backup];
  exportId = textOf((await service.when(recordExport(lost))).body['exportId']);
  await service.given(
    ask('create-object', { pool: lost, kind: 'queue', id: 'late', name: 'Late', tool: 'controlPanel' }),
    ask('unpair', { pool: lost }),
    declareOutage(lost),
  );
});
afterEach(() => service.stop());

const of = async (view: string, moment = ''): Promise<JsonObject> =>
  await service.shown(`/v1/pools/${lost}${view}${moment}`);
const step = async (id: string): Promise<JsonObject | undefined> =>
  entries((await of('/runbook'))['steps']).find((one) => one['id'] === id);

describe('A pool in no pair that never comes back', () => {
  it('is refused every way that leads nowhere, with the two that do', async () => {
    for (const refused of [
      ask('initiate-failover', { pool: lost }),
      ask('choose-route', { pool: lost, route: 'replacement' }),
      ask('replace-pool', { failed: lost, replacement: 'molde.contoso.com' }),
    ])
      expect(await service.when(refused)).toMatchObject({
        status: 409,
        body: { rule: 'in-a-pair', allowed: ['end-outage', 'retire-pool'] },
      });
    expect(await service.when(registerPair(lost, 'molde.contoso.com'))).toMatchObject({
      status: 409,
      body: { rule: 'paired-outside-incidents', allowed: [`end-outage ${lost}`, `retire-pool ${lost}`] },
    });
  });

  it('says in readiness what goes with it, and in the runbook what it takes', async () => {
    const [finding] = entries((await of('/readiness'))['findings']);
    expect(finding).toMatchObject({ id: 'in-no-pair', atStake: 4 });
    expect(finding?.['detail']).toMatch(/4 objects would go with .*: 3 in a file, .* 1 nowhere else\./);
    expect(await step('move-users-away')).toMatchObject({
      state: 'now',
      optional: true,
      record: { body: { agent: pair.agentOfPrimary, homePool: other, force: true } },
    });
    expect(await step('retire-pool')).toMatchObject({ state: 'blocked', optional: true });
    await service.given(ask('move-agent', { agent: pair.agentOfPrimary, homePool: other, force: true }));
    expect(await step('retire-pool')).toMatchObject({
      state: 'now',
      record: { command: 'retire-pool', body: { pool: lost } },
    });
  });

  it('is retired once nobody is homed in it: its incident ends, its objects go, a new pool may bear its name', async () => {
    const retire = ask('retire-pool', { pool: lost, reason: 'Burnt down' });
    const needed = await service.when(retire);
    expect(needed).toMatchObject({
      status: 409,
      body: { rule: 'pool-in-use', allowed: [`move-agent ${pair.agentOfPrimary} force`] },
    });
    await service.given(ask('move-agent', { agent: pair.agentOfPrimary, homePool: other, force: true }));
    const before = textOf((await of(''))['position']);
    const then = await Promise.all(views.map((view) => of(view, `?asOf=${before}`)));
    const shown = await preview(service, retire);
    expect(shown.body).toMatchObject({
      outcome: 'accepted',
      events: [{ type: 'PoolRetired' }],
      warnings: [{ code: 'lost-with-the-pool' }],
    });
    const { body } = await service.when(retire);
    expect(entries(body['warnings'])[0]?.['detail']).toMatch(
      /^4 objects go with .*: nothing else is left of .*Late.*; .* is the last file that has any of /,
    );
    expect(await of('')).toMatchObject({ retired: { reason: 'Burnt down' }, incident: null });
    expect(entries((await of('/visibility'))['objects']).filter(({ parent }) => parent === lost)).toEqual([]);
    expect(await of('/readiness')).toMatchObject({ verdict: 'ready', findings: [] });
    expect(await of('/runbook')).toMatchObject({ next: null });
    expect((await of('/incidents'))['incidents']).toMatchObject([{ closed: clock().toISOString() }]);
    expect(await Promise.all(views.map((view) => of(view, `?asOf=${before}`)))).toEqual(then);
    // What the file has goes to the pool that is left.
    await service.given(
      ask('import-response-groups', { destination: other, exportId, overwriteOwner: true }),
    );
    const hosted = entries((await service.shown(`/v1/pools/${other}/visibility`))['objects']);
    expect(hosted.filter(({ owner }) => owner === lost)).toEqual([]);
    expect(hosted.map(({ id }) => id)).toContain(pair.regular);
    await service.given(registerPair(lost, other));
    expect(await of('')).toMatchObject({ stage: 'normal', partner: other });
    expect(await service.shown('/v1/verification')).toMatchObject({ whole: true, faithful: true });
  });
});
