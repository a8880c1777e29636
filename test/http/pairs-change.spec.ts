/** Pools leave their pair and are paired with others; what is asked of a moment before is answered as it was then. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import {
  ask,
  callArrives,
  callConnects,
  callEnds,
  createWorkflow,
  declareOutage,
  importGroups,
  recordExport,
  registerPair,
  signIn,
} from './support/commands.js';
import { Pair } from './support/pair.js';
import { preview } from './support/preview.js';
import { Service } from './support/service.js';

const clock = () => new Date('2026-11-24T03:00:00Z');
const third = 'oslo.contoso.com';
let table: MemoryTable;
let service: Service;
let pair: Pair;
let moved: string;
let left: string;
const started = () => Service.start({ clock, store: openMemoryStore({ clock, table }) });
beforeEach(async () => {
  table = new MemoryTable();
  service = await started();
  pair = await Pair.registered(service);
  [moved, left] = [pair.primary, pair.backup];
});
afterEach(() => service.stop());

const views = [
  '',
  '/visibility',
  '/editability',
  '/configuration',
  '/call-status',
  '/readiness',
  '/runbook',
  '/calls',
];
const of = async (pool: string, view: string, moment = ''): Promise<JsonObject> =>
  await service.shown(`/v1/pools/${pool}${view}${moment}`);
const everyView = async (pool: string, moment: string): Promise<readonly JsonObject[]> =>
  await Promise.all(views.map((view) => of(pool, view, moment)));
const positionNow = async (): Promise<string> => textOf((await of(left, ''))['position']);
const hosted = (view: JsonObject, pool: string): readonly string[] =>
  (view['objects'] as readonly JsonObject[])
    .filter(({ parent }) => parent === pool)
    .map(({ kind, id, owner }) => `${textOf(kind)} ${textOf(id)} ${textOf(owner)}`)
    .sort();

describe('What the agents of a pool do', () => {
  it('is in the trail of the pair that their pool was in then, under each name and from each side', async () => {
    const signInsOf = async (pool: string, moment = ''): Promise<readonly unknown[]> => {
      const { entries } = await of(pool, `/audit-trail?limit=1000&type=AgentSignedIn${moment}`);
      return (entries as readonly JsonObject[]).map(({ id }) => id);
    };
    const signingIn = signIn(pair.agentOfPrimary, moved, pair.ownGroup);
    await service.given(signingIn);
    const before = await positionNow();
    const [first] = await signInsOf(moved);
    await service.given(
      ask('sign-out-agent', { agent: pair.agentOfPrimary, pool: moved, agentGroup: pair.ownGroup }),
      ask('unpair', { pool: moved }),
      registerPair(moved, third),
      signingIn,
    );
    expect(await signInsOf(left)).toEqual([first]);
    expect(await signInsOf(moved, `&asOf=${before}`)).toEqual([first]);
    for (const pool of [moved, third]) {
      const now = await signInsOf(pool);
      expect(now).toHaveLength(1);
      expect(now).not.toContain(first);
    }
  });
});

describe('A pool that is paired with another', () => {
  it('takes its record along; the old pair answers for moments before, also after a restart', async () => {
    const file = await service.when(recordExport(left));
    await service.given(
      importGroups(moved, textOf(file.body['exportId'])),
      signIn(pair.agentOfPrimary, moved, pair.ownGroup),
      callArrives('before', moved, pair.regular),
      callConnects('before', pair.agentOfPrimary),
      declareOutage(moved),
      ask('end-outage', { pool: moved }),
      callArrives('open', moved, pair.regular),
    );
    const before = await positionNow();
    const then = await everyView(moved, `?asOf=${before}`);
    const own = hosted(await of(moved, '/visibility'), moved);
    await service.given(ask('unpair', { pool: moved }));
    const paired = await service.when(registerPair(moved, third));
    expect(paired).toMatchObject({
      status: 200,
      body: {
        warnings: [{ code: 'copies-of-no-partner' }],
        events: [{ type: 'PairRegistered' }, { type: 'PoolLeft' }],
      },
    });
    const check = async (): Promise<void> => {
      expect(await of(moved, '')).toMatchObject({ partner: third, stage: 'normal' });
      expect(await of(moved, '')).not.toHaveProperty('unpaired');
      expect(await of(left, '')).toMatchObject({ partner: moved, unpaired: {} });
      expect(hosted(await of(moved, '/visibility'), moved)).toEqual(own);
      expect(hosted(await of(left, '/visibility'), moved)).toEqual([]);
      expect(await everyView(moved, `?asOf=${before}`)).toEqual(then);
      const { pools } = await service.shown('/v1/pools');
      expect((pools as readonly JsonObject[]).map(({ fqdn }) => fqdn).sort()).toEqual(
        [left, moved, third].sort(),
      );
      const trail = await of(moved, '/audit-trail');
      const [earlier] = trail['earlierPairs'] as readonly JsonObject[];
      const { entries } = await of(moved, `/audit-trail?limit=1000&asOf=${textOf(earlier?.['asOf'])}`);
      expect((entries as readonly JsonObject[]).map(({ type }) => type)).toContain('PairEnded');
      expect(await of(left, '/audit-trail')).not.toHaveProperty('earlierPairs');
      const list = await of(moved, '/calls');
      expect(list).toMatchObject({ calls: [], earlierPairs: trail['earlierPairs'] });
      const { calls } = await of(moved, `/calls?asOf=${textOf(earlier?.['asOf'])}`);
      expect((calls as readonly JsonObject[]).map(({ callId }) => callId)).toContain('open');
      const { findings } = await of(moved, '/readiness');
      expect((findings as readonly JsonObject[]).map(({ id }) => id)).toContain('copy-of-no-partner');
      expect(await service.shown('/v1/calls/open')).toMatchObject({ status: 'in-progress' });
      expect(await service.shown('/v1/verification')).toMatchObject({ whole: true, faithful: true });
      for (const view of ['/agents', '/audit-trail', '/incidents', '/statements', '/exports'])
        expect({ view, status: (await service.get(`/v1/pools/${moved}${view}`)).status }).toEqual({
          view,
          status: view === '/agents' ? 404 : 200,
        });
    };
    await check();
    await service.stop();
    service = await started();
    await service.caughtUp();
    await check();
    // What goes on in the old pair and in the new one.
    await service.given(callEnds('open'), callArrives('after', moved, pair.regular));
    expect(await service.shown('/v1/calls/after')).toMatchObject({ status: 'in-progress' });
    expect(await service.when(callArrives('strange', moved, pair.regularOfBackup))).toMatchObject({
      status: 404,
    });
    const strange = await of(moved, '/visibility');
    expect(strange['objects']).toContainEqual(
      expect.objectContaining({
        owner: left,
        parent: moved,
        basis: 'inferred',
        inference: 'in-no-pair',
        tools: expect.objectContaining({ controlPanel: false, managementShell: true }) as unknown,
      }),
    );
    const removal = { pool: moved, owner: left, removeExported: true };
    expect(await service.when(ask('record-export', removal))).toMatchObject({ status: 200 });
    expect(hosted(await of(moved, '/visibility'), moved).every((one) => one.endsWith(moved))).toBe(true);
    await service.given(declareOutage(moved), ask('initiate-failover', { pool: moved }));
    expect(await of(moved, '')).toMatchObject({ stage: 'failing-over' });
    expect(await of(left, '')).toMatchObject({ stage: 'normal' });
  });

  it('comes back to the pool that it was paired with: their stream goes on', async () => {
    const { pairId } = await of(moved, '');
    await service.given(ask('unpair', { pool: moved }), registerPair(moved, third));
    await service.given(createWorkflow(moved, 'new-here'));
    const own = hosted(await of(moved, '/visibility'), moved);
    expect(await service.when(ask('unregister-pair', { pool: third }))).toMatchObject({
      status: 409,
      body: { rule: 'pair-has-history' },
    });
    await service.given(ask('unpair', { pool: third }), registerPair(left, moved));
    expect(await of(moved, '')).toMatchObject({ pairId, partner: left });
    expect(await of(left, '')).toMatchObject({ pairId, partner: moved });
    expect(await of(third, '')).toMatchObject({ partner: moved, unpaired: {} });
    expect(hosted(await of(moved, '/visibility'), moved)).toEqual(own);
    expect(await service.when(registerPair(left, moved))).toMatchObject({
      status: 200,
      body: { events: [] },
    });
    expect(await service.shown('/v1/verification')).toMatchObject({ whole: true, faithful: true });
  });

  it('takes along that a service of it is stopped, also out of the pair into which it took it', async () => {
    await service.given(
      ask('report-service', { pool: moved, service: 'file-share', state: 'stopped', reason: 'Disk is full' }),
    );
    const { services } = await of(moved, '');
    await service.given(ask('unpair', { pool: moved }), registerPair(moved, third));
    expect((await of(moved, ''))['services']).toEqual(services);
    await service.given(ask('unpair', { pool: moved }), registerPair(moved, left));
    expect((await of(moved, ''))['services']).toEqual(services);
    await service.stop();
    service = await started();
    await service.caughtUp();
    expect((await of(moved, ''))['services']).toEqual(services);
    await service.given(
      ask('report-service', { pool: moved, service: 'file-share', state: 'running' }),
      ask('unpair', { pool: moved }),
      registerPair(moved, third),
    );
    expect((await of(moved, ''))['services']).toMatchObject([{ service: 'file-share', state: 'running' }]);
  });

  it('keeps what it took along: the event that says it is not retracted in the pair that it left', async () => {
    const created = await service.when(createWorkflow(moved, 'mistaken'));
    const ended = await service.when(createWorkflow(left, 'of-the-other'));
    const idOf = ({ body }: typeof created): string =>
      textOf((body['events'] as readonly JsonObject[])[0]?.['id'] ?? '');
    await service.given(ask('unpair', { pool: moved }), registerPair(moved, third));
    const retract = (answer: typeof created) =>
      service.when(ask('retract', { eventId: idOf(answer), reason: 'A mistake' }));
    const own = hosted(await of(moved, '/visibility'), moved);
    expect(await retract(created)).toMatchObject({
      status: 409,
      body: { rule: 'later-facts-need-it', allowed: [`remove-object ${moved}`] },
    });
    expect(hosted(await of(moved, '/visibility'), moved)).toEqual(own);
    // What stays in the pair is corrected there as ever, and the way on works where the pool is now.
    expect(await retract(ended)).toMatchObject({ status: 200 });
    const removal = { pool: moved, kind: 'workflow', id: 'mistaken', tool: 'managementShell' };
    await service.given(ask('remove-object', removal));
    expect(hosted(await of(moved, '/visibility'), moved).join()).not.toContain('mistaken');
  });

  it('keeps what it took along as of when it was: its time is not corrected in the pair that it left', async () => {
    const created = await service.when(createWorkflow(moved, 'late'));
    const other = await service.when(createWorkflow(left, 'of-the-other'));
    await service.given(ask('unpair', { pool: moved }), registerPair(moved, third));
    const at = (answer: typeof created, occurredAt: string) => {
      const [event] = answer.body['events'] as readonly JsonObject[];
      return service.when(
        ask('correct-time', { eventId: textOf(event?.['id'] ?? ''), occurredAt, reason: 'Read wrongly' }),
      );
    };
    const views = async () =>
      await Promise.all(
        ['', '/configuration'].map(async (view) => ({ ...(await of(moved, view)), position: null })),
      );
    const before = await views();
    const later = new Date(clock().getTime() + 3_000).toISOString();
    expect(await at(created, later)).toMatchObject({
      status: 409,
      body: {
        rule: 'later-facts-need-its-time',
        allowed: [`record-export ${moved}`],
        detail: expect.stringContaining(`took along what it says into the pair with ${third}`) as unknown,
      },
    });
    expect(await views()).toEqual(before);
    await service.given(recordExport(moved));
    // What nobody took along is corrected as ever.
    expect(await at(other, later)).toMatchObject({ status: 200 });
  });

  it('knows of its last export also where the file is in the record of the pair that it left', async () => {
    await service.given(recordExport(moved, { fileName: 'last-night.zip' }), ask('unpair', { pool: moved }));
    await service.given(registerPair(moved, third));
    const neverExported = async () => {
      const { findings } = await of(moved, '/readiness');
      return (findings as readonly JsonObject[]).find(({ id }) => id === 'never-exported')?.['detail'];
    };
    const told = `The last one, last-night.zip, is 0 hours old and was made in its former pair with ${left}`;
    expect(await neverExported()).toContain(`in its pair with ${third}`);
    expect(await neverExported()).toContain(told);
    // It goes along into the next pair as well, until there is one of that pair.
    await service.given(ask('unpair', { pool: moved }), registerPair(moved, 'bergen.contoso.com'));
    expect(await neverExported()).toContain(told);
    await service.given(recordExport(moved));
    expect(await neverExported()).toBeUndefined();
  });

  it('is not retired while calls are open that it took in any of its pairs', async () => {
    const bare = 'oslo-2.contoso.com';
    await service.given(registerPair(bare, 'bergen-2.contoso.com'), createWorkflow(bare, 'help'));
    await service.given(callArrives('open', bare, 'help'), ask('unpair', { pool: bare }));
    await service.given(registerPair(bare, third), ask('unpair', { pool: bare }));
    await service.given(ask('record-export', { pool: bare, removeExported: true }));
    expect(await service.when(ask('retire-pool', { pool: bare }))).toMatchObject({
      status: 409,
      body: { rule: 'pool-in-use', allowed: ['report-call-ended open'] },
    });
    await service.given(callEnds('open'), ask('retire-pool', { pool: bare }));
    expect(await service.shown('/v1/calls/open')).toMatchObject({ status: 'ended' });
  });

  it('is not in an incident, and the preview says so too', async () => {
    await service.given(ask('unpair', { pool: moved }), declareOutage(left));
    const refused = {
      rule: 'paired-outside-incidents',
      allowed: [`end-outage ${left}`, `retire-pool ${left}`],
    };
    expect(await service.when(registerPair(left, third))).toMatchObject({ status: 409, body: refused });
    const pools = [{ fqdn: moved }, { fqdn: third }];
    const previewed = await preview(service, ask('register-pair', { pools }));
    expect(previewed).toMatchObject({
      status: 200,
      body: { outcome: 'accepted', events: [{ type: 'PairRegistered' }, { type: 'PoolLeft' }] },
    });
    expect(await of(moved, '')).toMatchObject({ unpaired: {} });
  });
});

describe('An agent of a pool that went on in another pair', () => {
  it('is reached by how that pool is there', async () => {
    await service.given(ask('unpair', { pool: moved }), registerPair(moved, third), declareOutage(moved));
    expect(await service.shown(`/v1/agents/${pair.agentOfPrimary}/console`)).toMatchObject({
      homeStage: 'outage',
      reachable: { reachability: 'unreachable' },
    });
  });
});

describe('A pool that failed for good', () => {
  it('is given up once its partner owns all of it: that one is paired anew, and the incident ends', async () => {
    const { body } = await service.when(recordExport(moved));
    const exportId = textOf(body['exportId']);
    await service.given(
      declareOutage(moved),
      importGroups(left, exportId),
      ask('initiate-failover', { pool: moved }),
      ask('complete-failover', { pool: moved }),
    );
    const early = await service.when(registerPair(left, third));
    expect(early).toMatchObject({ status: 409, body: { rule: 'pairing-is-one-to-one' } });
    await service.given(ask('import-response-groups', { destination: left, exportId, overwriteOwner: true }));
    const paired = await service.when(registerPair(left, third));
    expect(paired).toMatchObject({ status: 200, body: { warnings: [{ code: 'pool-given-up' }] } });
    expect(await of(left, '')).toMatchObject({ partner: third, stage: 'normal' });
    expect(await service.when(ask('failback', { pool: moved }))).toMatchObject({
      status: 409,
      body: { rule: 'in-a-pair', allowed: ['close-incident'] },
    });
    const closed = await service.when(ask('close-incident', { pool: moved, reason: 'Hardware is gone' }));
    expect(closed).toMatchObject({ status: 200, body: { events: [{ type: 'PoolGivenUp' }] } });
    expect(await of(moved, '')).toMatchObject({ stage: 'failed-over', incident: null, givenUp: {} });
    const { incidents } = await of(moved, '/incidents');
    expect(incidents).toMatchObject([{ closed: clock().toISOString() }]);
    const agents = await service.when(ask('retire-pool', { pool: moved }));
    expect(agents).toMatchObject({ status: 409, body: { rule: 'pool-in-use' } });
    const console = `/v1/agents/${pair.agentOfPrimary}/console`;
    expect(await service.shown(console)).toMatchObject({
      homeStage: 'failed-over',
      reachable: { reachability: 'unreachable', basis: 'inferred', inference: 'home-pool-ended' },
    });
    await service.given(callArrives('left-behind', left, pair.regularOfBackup));
    const connects = ask('report-call-connected', { callId: 'left-behind', agent: pair.agentOfPrimary });
    expect(await service.when(connects)).toMatchObject({
      status: 409,
      body: { rule: 'agent-unreachable', because: ['home-pool-ended'] },
    });
    await service.given(ask('move-agent', { agent: pair.agentOfPrimary, homePool: left, force: true }));
    expect(await service.shown(console)).toMatchObject({ reachable: { reachability: 'reachable' } });
    await service.given(connects);
    await service.given(ask('retire-pool', { pool: moved }));
    for (const view of views) expect((await service.get(`/v1/pools/${moved}${view}`)).status).toBe(200);
    expect(await of(moved, '')).toMatchObject({ retired: {} });
    expect(await of(moved, '/readiness')).toMatchObject({ verdict: 'ready', findings: [] });
    expect(await service.when(declareOutage(moved))).toMatchObject({
      status: 409,
      body: { rule: 'pool-retired' },
    });
    // A new pool of its name.
    await service.given(registerPair(moved, 'bergen.contoso.com'));
    expect(await of(moved, '')).toMatchObject({ stage: 'normal', partner: 'bergen.contoso.com' });
    expect(hosted(await of(moved, '/visibility'), moved)).toEqual([]);
    expect(await service.shown('/v1/verification')).toMatchObject({ whole: true, faithful: true });
  });
});
