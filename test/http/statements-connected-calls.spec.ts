import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eitherPool, Pair, type Stage } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

describe.each(eitherPool)('Calls connected to an agent, as the %s pool of the pair fails', (primary) => {
  async function regularCallsRemainConnected(stage: Stage, statement: string): Promise<void> {
    const pair = await Pair.registered(service, primary);
    const fromBefore = await pair.connectedCall(pair.regular, pair.agentOfPrimary);
    await pair.reaches(stage);
    expect(await pair.call(fromBefore)).toMatchObject({
      status: 'connected',
      anonymous: false,
      because: [statement],
      basis: 'stated',
    });
    expect(await pair.rowInForce('connected-calls', { anonymous: false, imported: false })).toMatchObject({
      outcome: 'remain-connected',
      calls: 1,
      because: [statement],
    });
  }

  async function regularCallsOfImportedGroupsRemainConnected(stage: Stage, statement: string): Promise<void> {
    const pair = await Pair.withImport(service, primary);
    const fromBefore = await pair.connectedCall();
    await pair.reaches(stage);
    expect(await pair.call(fromBefore)).toMatchObject({ status: 'connected', because: [statement] });
  }

  async function anonymousCallsAreDisconnected(stage: Stage, before: Stage | null, statement: string) {
    for (const pair of [await Pair.registered(service, primary), await Pair.withImport(service, primary)]) {
      const call = await pair.connectedCall(pair.anonymous, pair.agentOfPrimary);
      await pair.reaches(stage);
      const cause = before === null ? statement : `${before}/connected-calls/2`;
      expect(await pair.call(call)).toMatchObject({
        status: 'disconnected',
        anonymous: true,
        because: [cause],
      });
      const { totals } = await service.shown(`/v1/pools/${pair.primary}/call-status`);
      expect(totals).toMatchObject({ disconnected: 1, disconnectedByStatement: { [cause]: 1 } });
    }
  }

  async function noAnonymousCallIsLeft(stage: Stage, statement: string): Promise<void> {
    const pair = await Pair.registered(service, primary);
    await pair.connectedCall(pair.anonymous, pair.agentOfPrimary);
    await pair.reaches(stage);
    expect(await pair.rowInForce('connected-calls', { anonymous: true, imported: false })).toMatchObject({
      outcome: 'none-in-this-status',
      calls: 0,
      because: [statement],
    });
    const { calls } = await service.shown(`/v1/pools/${pair.primary}/calls?status=connected`);
    expect(calls).toEqual([]);
  }

  /** An anonymous call that began on the backup pool while it stood in, or was about to. */
  async function anonymousCallOnBackupRemains(arrivedIn: Stage, stage: Stage, statement: string) {
    const pair = await Pair.withImport(service, primary);
    await pair.reaches(arrivedIn);
    const call = await pair.connectedCall(pair.anonymous);
    await pair.reaches(stage);
    expect(await pair.call(call)).toMatchObject({
      status: 'connected',
      anonymous: true,
      servedBy: pair.backup,
      because: [statement],
      basis: 'stated',
    });
    expect(await pair.rowInForce('connected-calls', { anonymous: true, imported: true })).toMatchObject({
      outcome: 'remain-connected',
      calls: 1,
      because: [statement],
    });
  }

  it('outage/connected-calls/1: regular calls remain connected', async () => {
    await regularCallsRemainConnected('outage', 'outage/connected-calls/1');
    await regularCallsOfImportedGroupsRemainConnected('outage', 'outage/connected-calls/1');
  });
  it('outage/connected-calls/2: anonymous calls are disconnected, imported or not', () =>
    anonymousCallsAreDisconnected('outage', null, 'outage/connected-calls/2'));

  it('failing-over/connected-calls/1: regular calls remain connected', async () => {
    await regularCallsRemainConnected('failing-over', 'failing-over/connected-calls/1');
    await regularCallsOfImportedGroupsRemainConnected('failing-over', 'failing-over/connected-calls/1');
  });
  it('failing-over/connected-calls/2: anonymous calls are disconnected, also those on the backup pool', async () => {
    await anonymousCallsAreDisconnected('failing-over', 'outage', 'failing-over/connected-calls/2');
    const pair = await Pair.withImport(service, primary);
    await pair.reaches('outage');
    const onBackup = await pair.connectedCall(pair.anonymous);
    expect(await pair.call(onBackup)).toMatchObject({ status: 'connected', servedBy: pair.backup });
    await pair.reaches('failing-over');
    expect(await pair.call(onBackup)).toMatchObject({
      status: 'disconnected',
      because: ['failing-over/connected-calls/2'],
    });
  });

  it('failed-over/connected-calls/1: regular calls remain connected', async () => {
    await regularCallsRemainConnected('failed-over', 'failed-over/connected-calls/1');
    await regularCallsOfImportedGroupsRemainConnected('failed-over', 'failed-over/connected-calls/1');
  });
  it('failed-over/connected-calls/2: anonymous calls that have reached the backup pool remain connected', () =>
    anonymousCallOnBackupRemains('failing-over', 'failed-over', 'failed-over/connected-calls/2'));

  it('failing-back/connected-calls/1: regular calls remain connected', async () => {
    await regularCallsRemainConnected('failing-back', 'failing-back/connected-calls/1');
    await regularCallsOfImportedGroupsRemainConnected('failing-back', 'failing-back/connected-calls/1');
  });
  it('failing-back/connected-calls/2: without import no anonymous call is connected', () =>
    noAnonymousCallIsLeft('failing-back', 'failing-back/connected-calls/2'));
  it('failing-back/connected-calls/3: anonymous calls of imported groups remain connected', () =>
    anonymousCallOnBackupRemains('failed-over', 'failing-back', 'failing-back/connected-calls/3'));

  it('failed-back/connected-calls/1: regular calls remain connected', async () => {
    await regularCallsRemainConnected('failed-back', 'failed-back/connected-calls/1');
    await regularCallsOfImportedGroupsRemainConnected('failed-back', 'failed-back/connected-calls/1');
  });
  it('failed-back/connected-calls/2: without import no anonymous call is connected', () =>
    noAnonymousCallIsLeft('failed-back', 'failed-back/connected-calls/2'));
  it('failed-back/connected-calls/3: anonymous calls of imported groups remain connected', () =>
    anonymousCallOnBackupRemains('failed-over', 'failed-back', 'failed-back/connected-calls/3'));
});
