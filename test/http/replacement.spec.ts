import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import {
  ask,
  callArrives,
  callConnects,
  callEnds,
  declareOutage,
  importGroups,
  modifyObject,
  moveAgent,
  recordExport,
  registerAgent,
  registerPair,
  signIn,
} from './support/commands.js';
import { Pair } from './support/pair.js';
import { Service } from './support/service.js';

let table: MemoryTable;
let service: Service;
let pair: Pair;
const lost = () => pair.primary;
const survivor = () => pair.backup;
const built = 'bonn.contoso.com';
const replace = () => ask('replace-pool', { failed: lost(), replacement: built, site: 'Bonn' });
const clock = () => new Date('2026-11-24T03:00:00Z');
const started = () => Service.start({ clock, store: openMemoryStore({ clock, table }) });

beforeEach(async () => {
  table = new MemoryTable();
  service = await started();
  pair = await Pair.withImport(service);
});
afterEach(() => service.stop());

const viewsOfPool = [
  '',
  '/visibility',
  '/editability',
  '/call-status',
  '/calls',
  '/readiness',
  '/runbook',
  '/configuration',
  '/incidents',
  '/exports',
  '/statements',
] as const;
const shownOf = async (pool: string, more = ''): Promise<Record<string, JsonObject>> =>
  Object.fromEntries(
    await Promise.all(
      viewsOfPool.map(
        async (view) => [view, await service.shown(`/v1/pools/${pool}${view}${more}`)] as const,
      ),
    ),
  );
const exportIdIn = ({ body }: { readonly body: JsonObject }): string => textOf(body['exportId']);

describe('A pool that is lost, replaced by hand', () => {
  it('leaves its groups, calls and agents to the pool that takes its place', async () => {
    await pair.reaches('failed-over');
    const { id: waiting } = await pair.newCall();
    const { id: talking } = await pair.newCall();
    await service.given(
      callConnects(talking, pair.agentOfBackup),
      signIn(pair.agentOfBackup, survivor(), pair.ownGroup),
      ask('choose-route', { pool: lost(), route: 'replacement', replacement: built }),
      modifyObject(survivor(), 'workflow', pair.regular, { description: 'By way of Hamburg' }),
    );
    const before = textOf((await service.shown(`/v1/pools/${lost()}`))['position']);
    const then = await shownOf(lost(), `?asOf=${before}`);
    const answer = await service.when(replace());
    expect(answer).toMatchObject({ status: 200, body: { events: [{ type: 'PoolReplaced' }] } });
    expect(await service.when(replace())).toMatchObject({ status: 200, body: { events: [] } });

    // Under the new name it goes on where it stood.
    expect(await service.shown(`/v1/pools/${built}`)).toMatchObject({
      partner: survivor(),
      stage: 'failed-over',
      site: 'Bonn',
      incident: expect.stringMatching(/-1$/) as unknown,
    });
    expect(await service.shown(`/v1/pools/${survivor()}`)).toMatchObject({ partner: built });
    expect(await service.shown(`/v1/calls/${waiting}`)).toMatchObject({ pool: built, status: 'in-progress' });
    const { objects } = await service.shown(`/v1/pools/${built}/visibility`);
    expect(
      (objects as readonly JsonObject[]).map(({ owner, parent }) => `${textOf(owner)} on ${textOf(parent)}`),
    ).toEqual(expect.arrayContaining([`${built} on ${survivor()}`, `${survivor()} on ${survivor()}`]));
    expect(JSON.stringify(objects)).not.toContain(lost());

    // Under the old name its last state stands, and what was then stays.
    const position = textOf(
      (answer.body['events'] as readonly JsonObject[])[0]?.['position'] ?? answer.body['position'],
    );
    const ended = { position, replacedBy: built };
    const now = await shownOf(lost());
    for (const view of viewsOfPool) {
      expect({ view, ...now[view] }).toMatchObject({ view, ended });
    }
    expect(await shownOf(lost(), `?asOf=${before}`)).toEqual(then);
    expect(await service.when(declareOutage(lost()))).toMatchObject({
      status: 409,
      body: { rule: 'pool-was-replaced', allowed: [`complete-replacement ${built}`] },
    });

    // B gives what it has of A, under a new name of the file; an older file would leave the change behind.
    const [old] = (await service.shown(`/v1/pools/${lost()}/exports`))['exports'] as readonly JsonObject[];
    expect(
      await service.when(importGroups(built, textOf(old?.['id']), { overwriteOwner: true })),
    ).toMatchObject({ status: 409, body: { rule: 'stand-in-edits-go-along' } });
    expect(await service.when(ask('complete-replacement', { pool: built }))).toMatchObject({
      status: 409,
      body: { rule: 'replacement-hosts-its-groups' },
    });
    const file = await service.when(recordExport(survivor(), { owner: lost(), fileName: 'for-bonn.zip' }));
    expect(file).toMatchObject({ status: 200 });
    expect(await service.when(importGroups(built, exportIdIn(file)))).toMatchObject({
      status: 409,
      body: { rule: 'rebuilt-destination-needs-overwrite-owner' },
    });
    expect(await service.when(importGroups(built, exportIdIn(file), { overwriteOwner: true }))).toMatchObject(
      { status: 200 },
    );

    expect(await service.when(ask('failback', { pool: built }))).toMatchObject({
      status: 409,
      body: { rule: 'route-of-the-pool' },
    });
    await service.given(ask('complete-replacement', { pool: built, reason: 'Bonn serves' }));
    expect(await service.shown(`/v1/calls/${waiting}`)).toMatchObject({
      status: 'in-progress',
      basis: 'inferred',
    });
    expect(await service.shown(`/v1/calls/${talking}`)).toMatchObject({ status: 'connected' });
    expect(await service.shown(`/v1/pools/${built}`)).toMatchObject({
      stage: 'failed-back',
      basis: 'inferred',
      inference: 'replaced-pool',
    });
    await service.given(
      recordExport(survivor(), { owner: lost(), fileName: 'gone.zip', removeExported: true }),
      callEnds(talking),
      callArrives('after', built, pair.regular),
      ask('close-incident', { pool: built }),
    );
    expect(await service.shown('/v1/calls/after')).toMatchObject({ servedBy: built, status: 'in-progress' });
    expect(await service.shown(`/v1/pools/${built}`)).toMatchObject({ stage: 'normal', incident: null });
    const { calls } = await service.shown(`/v1/pools/${built}/calls`);
    expect((calls as readonly JsonObject[]).map(({ callId }) => callId)).toEqual(
      expect.arrayContaining([waiting, talking, 'after']),
    );
    expect(await service.shown('/v1/verification')).toMatchObject({ whole: true });
    await shownOf(built);

    // After a restart it is the same.
    const [here, there] = [await shownOf(built), await shownOf(lost())];
    await service.stop();
    service = await started();
    await service.caughtUp();
    expect(await shownOf(lost(), `?asOf=${before}`)).toEqual(then);
    expect((await shownOf(built))['/visibility']).toEqual(here['/visibility']);
    expect((await shownOf(lost()))['/visibility']).toEqual(there['/visibility']);
    expect(await service.when(registerPair(built, survivor()))).toMatchObject({
      status: 200,
      body: { events: [] },
    });
    expect(await service.when(registerPair(lost(), survivor()))).toMatchObject({
      status: 409,
      body: { rule: 'pairing-is-one-to-one' },
    });
  });

  it('shows the calls of before under its name of then, also once it is replaced in its turn', async () => {
    await pair.reaches('failed-over');
    const { id } = await pair.newCall();
    await service.given(replace(), ask('replace-pool', { failed: built, replacement: 'kiel.contoso.com' }));
    const { position } = await service.shown('/v1/pools/kiel.contoso.com');
    const third = 'ulm.contoso.com';
    const then = `/v1/pools/kiel.contoso.com/calls?asOf=${textOf(position)}`;
    const { calls } = await service.shown(then);
    expect(calls).toEqual([expect.objectContaining({ callId: id, pool: 'kiel.contoso.com' })]);
    await service.given(ask('replace-pool', { failed: 'kiel.contoso.com', replacement: third }));
    expect((await service.shown(then))['calls']).toEqual(calls);
    expect((await service.shown(`/v1/pools/${third}/calls`))['calls']).toHaveLength(1);
  });

  it('leaves its agents with the pool that stands in until the new one serves: nobody reaches them then, and none is registered there', async () => {
    await pair.reaches('failed-over');
    await service.given(replace());
    expect((await pair.newCall()).answer).toMatchObject({
      status: 409,
      body: { rule: 'pool-was-replaced', allowed: [`report-call-arrived ${built}`] },
    });
    await service.given(callArrives('call-of-bonn', built, pair.regular));
    await service.given(callConnects('call-of-bonn', pair.agentOfPrimary));
    expect(await service.when(registerAgent('sip:new@contoso.com', lost()))).toMatchObject({
      status: 409,
      body: { rule: 'pool-was-replaced' },
    });
    const consoleOf = (agent: string) => service.shown(`/v1/agents/${agent}/console`);
    const left = (reachability: string) => ({
      homeStage: null,
      homeReplacedBy: built,
      reachable: { reachability, inference: 'replaced-pool' },
    });
    expect(await consoleOf(pair.agentOfPrimary)).toMatchObject(left('reachable'));

    // Whoever is moved waits for the new pool.
    await service.given(
      registerAgent('sip:moved@contoso.com', pair.backup),
      ask('move-agent', { agent: 'sip:moved@contoso.com', homePool: built, force: true }),
      callArrives('another-of-bonn', built, pair.regular),
    );
    expect(await consoleOf('sip:moved@contoso.com')).toMatchObject({
      reachable: { reachability: 'unreachable', inference: 'replaced-pool' },
    });
    expect(await service.when(callConnects('another-of-bonn', 'sip:moved@contoso.com'))).toMatchObject({
      status: 409,
      body: {
        rule: 'agent-unreachable',
        allowed: ['agent', `complete-replacement ${built}`, `report-service ${built}`],
      },
    });
    await service.given(ask('report-service', { pool: built, service: 'front-end', state: 'running' }));
    await service.given(callConnects('another-of-bonn', 'sip:moved@contoso.com'));
    const file = await service.when(recordExport(survivor(), { owner: lost(), fileName: 'for-bonn.zip' }));
    await service.given(
      importGroups(built, exportIdIn(file), { overwriteOwner: true }),
      ask('complete-replacement', { pool: built }),
    );
    expect(await consoleOf(pair.agentOfPrimary)).toMatchObject(left('unreachable'));
    await service.given(callArrives('third-of-bonn', built, pair.regular));
    expect(await service.when(callConnects('third-of-bonn', pair.agentOfPrimary))).toMatchObject({
      status: 409,
      body: { rule: 'agent-unreachable', allowed: ['agent', `move-agent ${pair.agentOfPrimary} force`] },
    });
  });
});

describe('A pool that has a record of its own', () => {
  it.each([
    ['in a pair', false],
    ['in no pair any more', true],
  ])('takes nobody else’s place: %s', async (_, unpaired) => {
    const other = await Pair.registered(service);
    const named = other.primary;
    if (unpaired) await service.given(ask('unpair', { pool: named }));
    await pair.reaches('failed-over');
    const then = await shownOf(named);
    const choosing = ask('choose-route', { pool: lost(), route: 'replacement', replacement: named });
    for (const command of [choosing, ask('replace-pool', { failed: lost(), replacement: named })])
      expect(await service.when(command)).toMatchObject({
        status: 409,
        body: { rule: 'replacement-is-a-new-pool', allowed: [`${command.name} ${lost()}`] },
      });
    const later = ask('choose-route', { pool: lost(), route: 'replacement' });
    expect(await service.when(later)).toMatchObject({ status: 200 });
    expect(await shownOf(named)).toMatchObject({
      '/visibility': { objects: then['/visibility']?.['objects'] },
    });
    expect(await service.when(replace())).toMatchObject({ status: 200 });
  });

  it('leaves its name to a new pool once it is retired', async () => {
    const other = await Pair.registered(service);
    const named = other.backup;
    await service.given(
      ask('unpair', { pool: named }),
      recordExport(named, { removeExported: true }),
      moveAgent(other.agentOfBackup, other.primary),
      ask('retire-pool', { pool: named }),
    );
    const before = textOf((await service.shown(`/v1/pools/${named}`))['position']);
    const then = await shownOf(named, `?asOf=${before}`);
    await pair.reaches('failed-over');
    await service.given(ask('replace-pool', { failed: lost(), replacement: named }));
    expect(await service.shown(`/v1/pools/${named}`)).toMatchObject({ partner: survivor() });
    expect(await shownOf(named, `?asOf=${before}`)).toEqual(then);
  });
});
