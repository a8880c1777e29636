import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { ask, callArrives, reportDatabase } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const shown = async (pool: string, view = '', query = ''): Promise<JsonObject> =>
  await service.shown(`/v1/pools/${pool}${view}${query}`);
const report = (pool: string, name: string, state: string, more: JsonObject = {}) =>
  ask('report-service', { pool, service: name, state, ...more });
const findings = async (pool: string): Promise<readonly string[]> =>
  entries((await shown(pool, '/readiness'))['findings']).map(({ id }) => textOf(id));
const stepOf = async (pool: string, id: string): Promise<JsonObject | undefined> =>
  entries((await shown(pool, '/runbook'))['steps']).find((step) => step['id'] === id);
const newCalls = async (pool: string, query = ''): Promise<JsonObject | undefined> =>
  entries((await shown(pool, '/call-status', query))['rows']).find(({ row }) => row === 'new-calls');
const position = async (): Promise<string> => String(await service.poolkeeper.store.lastPosition());

describe('A pool whose Response Group service is stopped', () => {
  it.each(['all', 'some'])(
    'on %s servers leaves open calls as they were, and says that no document decides',
    async (frontEnds) => {
      const pair = await Pair.registered(service);
      const name = (word: string) => `${word}-${pair.primary}`;
      const openRows = async (query = ''): Promise<readonly JsonObject[]> =>
        entries((await shown(pair.primary, '/call-status', query))['rows']).filter(
          ({ row, calls }) => (row === 'in-progress-calls' || row === 'connected-calls') && calls !== 0,
        );
      await service.given(
        callArrives(name('waiting'), pair.primary, pair.regular),
        callArrives(name('connected'), pair.primary, pair.regular),
        ask('report-call-connected', { callId: name('connected'), agent: pair.agentOfPrimary }),
      );
      const before = await position();
      const calm = await openRows();
      await service.given(report(pair.primary, 'response-group', 'stopped', { frontEnds }));
      const rows = await openRows();
      expect(rows).toHaveLength(2);
      for (const row of rows)
        expect(row).toMatchObject({
          outcome: 'remain-connected',
          calls: 1,
          because: [],
          basis: 'inferred',
          inference: 'response-group-service-open-calls',
        });
      expect(await service.shown(`/v1/calls/${name('waiting')}`)).toMatchObject({ status: 'in-progress' });
      expect(await openRows(`?asOf=${before}`)).toEqual(calm);
      expect(await shown(pair.primary, '/diff', `?from=${before}`)).toMatchObject({
        stage: {
          before: expect.not.objectContaining({ services: expect.anything() as unknown }) as unknown,
          after: { services: [{ service: 'response-group', state: 'stopped', frontEnds }] },
        },
      });
      await service.given(
        report(pair.primary, 'response-group', 'running'),
        ask('report-call-ended', { callId: name('waiting') }),
      );
      expect(entries((await shown(pair.primary, '/call-status'))['rows'])).not.toContainEqual(
        expect.objectContaining({ inference: 'response-group-service-open-calls' }),
      );
    },
  );

  it('takes no calls to its response groups, says so in every view, and takes them again once it runs', async () => {
    const pair = await Pair.registered(service);
    const before = await position();
    const reported = await service.when(report(pair.primary, 'RTCRGS', 'stopped', { reason: 'Patched' }));
    expect(reported).toMatchObject({ status: 200, body: { warnings: [{ code: 'restart-first' }] } });
    expect(await shown(pair.primary)).toMatchObject({
      stage: 'normal',
      services: [{ service: 'response-group', state: 'stopped', frontEnds: 'all', reason: 'Patched' }],
    });
    expect(await service.when(callArrives('stopped-1', pair.primary, pair.regular))).toMatchObject({
      body: { status: 'disconnected', because: [] },
    });
    expect(await service.shown('/v1/calls/stopped-1')).toMatchObject({
      status: 'disconnected',
      inference: 'response-group-service',
    });
    expect(await newCalls(pair.primary)).toMatchObject({
      outcome: { call: 'disconnected' },
      basis: 'inferred',
      inference: 'response-group-service',
      calls: 1,
    });
    expect(await shown(pair.primary, '/call-status')).toMatchObject({
      totals: { disconnectedByStatement: { 'inferred/response-group-service': 1 } },
    });
    expect(await findings(pair.primary)).toContain('response-group-service-stopped');
    expect(await shown(pair.primary, '/runbook')).toMatchObject({ next: 'start-services' });
    expect(await stepOf(pair.primary, 'start-services')).toMatchObject({
      state: 'now',
      powershell: expect.arrayContaining([
        'Start-CsWindowsService -Name RTCRGS -ComputerName "<Front End server>"',
      ]) as unknown,
      record: {
        command: 'report-service',
        body: { pool: pair.primary, service: 'response-group', state: 'running' },
      },
    });
    const why = await shown(pair.primary, '/why', `?object=${pair.regular}&tool=controlPanel`);
    expect(why['instead']).toEqual([expect.stringMatching(/Response Group service .* stopped on all/)]);
    const { inference } = (await newCalls(pair.primary, `?asOf=${before}`)) ?? {};
    expect(inference).toBe('normal-operation');
    await service.given(report(pair.primary, 'response-group', 'running'));
    expect(await service.when(callArrives('running-1', pair.primary, pair.regular))).toMatchObject({
      body: { status: 'in-progress' },
    });
    expect(await findings(pair.primary)).not.toContain('response-group-service-stopped');
    expect(await stepOf(pair.primary, 'start-services')).toMatchObject({ state: 'done' });
  });

  it('on some of its servers answers as it depends on the server', async () => {
    const pair = await Pair.registered(service);
    await service.given(report(pair.primary, 'response-group', 'stopped', { frontEnds: 'some' }));
    expect(await newCalls(pair.primary)).toMatchObject({
      outcome: { call: 'connected' },
      basis: 'inferred',
      inference: 'response-group-service-in-part',
    });
    await service.given(callArrives('some-1', pair.primary, pair.regular));
    expect(await service.shown('/v1/calls/some-1')).toMatchObject({ status: 'in-progress' });
    expect(await findings(pair.primary)).toContain('response-group-service-in-part');
  });

  it('takes none of its partner in an outage either', async () => {
    const pair = await Pair.withImport(service);
    await service.given(report(pair.backup, 'response-group', 'stopped'));
    await pair.reaches('outage');
    await service.given(callArrives('outage-1', pair.primary, pair.regular));
    expect(await service.shown('/v1/calls/outage-1')).toMatchObject({
      status: 'disconnected',
      inference: 'response-group-service',
    });
  });
});

describe('The failover of a pool', () => {
  it('has -DisasterMode in the runbook and on record as soon as the back-end database is down, and says why', async () => {
    const pair = await Pair.registered(service);
    expect((await stepOf(pair.primary, 'fail-over'))?.['powershell']).toEqual([
      `Invoke-CsPoolFailOver -PoolFqdn "${pair.primary}" -Verbose`,
    ]);
    await service.given(reportDatabase(pair.primary, 'unavailable'));
    expect(await stepOf(pair.primary, 'fail-over')).toMatchObject({
      powershell: [`Invoke-CsPoolFailOver -PoolFqdn "${pair.primary}" -DisasterMode -Verbose`],
      note: expect.stringMatching(/-DisasterMode: the back-end database .* unavailable/) as unknown,
      record: { body: { disasterMode: true } },
    });
    const without = ask('initiate-failover', { pool: pair.primary, disasterMode: false });
    expect(await service.when(without)).toMatchObject({
      status: 200,
      body: { warnings: [{ code: 'disaster-mode-missing' }] },
    });
  });

  it('begins with the Central Management store where that is on the pool, and names what cannot be seen', async () => {
    const pair = await Pair.registered(service);
    expect(await stepOf(pair.primary, 'central-management')).toMatchObject({ optional: true });
    await service.given(report(pair.primary, 'CMS', 'stopped'), report(pair.backup, 'site-link', 'stopped'));
    expect(await stepOf(pair.primary, 'central-management')).toMatchObject({
      optional: false,
      note: expect.stringMatching(/failed over first/) as unknown,
      powershell: expect.arrayContaining([
        expect.stringMatching(/^Invoke-CsManagementServerFailover .* -Force$/),
      ]) as unknown,
    });
    expect(await stepOf(pair.primary, 'fail-over')).toMatchObject({
      note: expect.stringMatching(/network between the sites/) as unknown,
    });
    expect(await findings(pair.primary)).toEqual(
      expect.arrayContaining(['central-management-first', 'site-link-down']),
    );
  });

  it('names the field where a service is not known', async () => {
    const pair = await Pair.registered(service);
    expect(await service.when(report(pair.primary, 'W3SVC', 'stopped'))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/service' }] },
    });
  });
});
