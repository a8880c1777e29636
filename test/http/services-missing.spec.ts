import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { ask, callArrives, callConnects, callOnBehalf } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const report = (pool: string, name: string, state: string) =>
  ask('report-service', { pool, service: name, state });
const stepOf = async (pool: string, id: string): Promise<JsonObject | undefined> =>
  entries((await service.shown(`/v1/pools/${pool}/runbook`))['steps']).find((step) => step['id'] === id);
const newCalls = async (pool: string): Promise<JsonObject | undefined> =>
  entries((await service.shown(`/v1/pools/${pool}/call-status`))['rows']).find(
    ({ row }) => row === 'new-calls',
  );

describe('A pool that is up and lacks a service', () => {
  it('refuses a call on behalf of its groups with the way on, and lets it be once the service runs', async () => {
    const pair = await Pair.registered(service);
    const onBehalf = callOnBehalf(pair.agentOfBackup, pair.primary, pair.regular);
    await service.given(report(pair.primary, 'response-group', 'stopped'));
    expect(await service.when(onBehalf)).toMatchObject({
      status: 409,
      body: {
        rule: 'on-behalf-fails',
        because: ['response-group-service'],
        detail: expect.stringContaining('the Response Group service of') as unknown,
        allowed: [`report-service ${pair.primary}`],
      },
    });
    await service.given(report(pair.primary, 'response-group', 'running'), onBehalf);
  });

  it('carries no call on behalf of the groups that it stands in for', async () => {
    const pair = await Pair.withImport(service);
    await pair.reaches('failed-over');
    await service.given(report(pair.backup, 'response-group', 'stopped'));
    expect(await service.when(callOnBehalf(pair.agentOfBackup, pair.primary, pair.regular))).toMatchObject({
      status: 409,
      body: { rule: 'on-behalf-fails', allowed: [`report-service ${pair.backup}`] },
    });
    expect(await stepOf(pair.primary, 'fail-back')).toMatchObject({ note: null });
    await service.given(
      report(pair.backup, 'front-end', 'stopped'),
      report(pair.primary, 'site-link', 'stopped'),
    );
    expect(await stepOf(pair.primary, 'fail-back')).toMatchObject({
      note: expect.stringMatching(
        /network between the sites .* both pools.* can hand nothing over/,
      ) as unknown,
    });
  });

  it('reaches none of its own agents while its Front End service is stopped everywhere', async () => {
    const pair = await Pair.registered(service);
    await service.given(callArrives('waits-for-kim', pair.backup, pair.regularOfBackup));
    await service.given(report(pair.primary, 'front-end', 'stopped'));
    const connects = callConnects('waits-for-kim', pair.agentOfPrimary);
    expect(await service.when(connects)).toMatchObject({
      status: 409,
      body: {
        rule: 'agent-unreachable',
        because: ['front-end-service'],
        allowed: ['agent', `report-service ${pair.primary}`],
      },
    });
    await service.given(report(pair.primary, 'front-end', 'running'), connects);
  });

  it('has its own services again as soon as its failback begins', async () => {
    const pair = await Pair.registered(service);
    await service.given(report(pair.primary, 'response-group', 'stopped'));
    await pair.reaches('failing-back');
    expect(await newCalls(pair.primary)).toMatchObject({
      outcome: { call: 'connected' },
      because: ['failing-back/new-calls/1'],
      basis: 'stated',
    });
    await service.given(report(pair.primary, 'response-group', 'stopped'));
    await pair.reaches('failed-back');
    expect(await newCalls(pair.primary)).toMatchObject({ inference: 'response-group-service' });
  });
});
