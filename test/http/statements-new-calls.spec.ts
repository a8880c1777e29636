import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callConnects } from './support/commands.js';
import { eitherPool, Pair, type Stage } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

describe.each(eitherPool)('New calls, as the %s pool of the pair fails', (primary) => {
  async function newCallsAreDisconnected(stage: Stage, statement: string): Promise<void> {
    const pair = await Pair.registered(service, primary);
    await pair.reaches(stage);
    const { id, answer } = await pair.newCall();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ callId: id, status: 'disconnected', because: [statement] });
    expect(await pair.call(id)).toMatchObject({ status: 'disconnected', servedBy: null, basis: 'stated' });
    expect(await pair.rowInForce('new-calls', { imported: false })).toMatchObject({
      outcome: { call: 'disconnected' },
      calls: 1,
      because: [statement],
    });
  }

  async function newCallsConnectTo(
    pool: 'primary' | 'backup',
    pair: Pair,
    statement: string,
  ): Promise<string> {
    const { id, answer } = await pair.newCall();
    expect(answer.body).toMatchObject({ status: 'in-progress', because: [statement] });
    expect(await pair.call(id)).toMatchObject({ servedBy: pair[pool], basis: 'stated' });
    return id;
  }

  async function butPrimaryHomedAgentsAreUnreachable(pair: Pair, call: string, statement: string) {
    const refusal = await service.when(callConnects(call, pair.agentOfPrimary));
    expect(refusal.status).toBe(409);
    expect(refusal.body).toMatchObject({ rule: 'agent-unreachable', because: [statement] });
    await service.given(callConnects(call, pair.agentOfBackup));
    expect(await service.shown(`/v1/agents/${pair.agentOfPrimary}/console`)).toMatchObject({
      reachable: { reachability: 'unreachable', because: [statement] },
    });
  }

  it('outage/new-calls/1: calls are disconnected', () =>
    newCallsAreDisconnected('outage', 'outage/new-calls/1'));
  it('outage/new-calls/2: calls of imported groups connect to the backup pool, but agents homed in the primary are unreachable', async () => {
    const pair = await Pair.withImport(service, primary);
    await pair.reaches('outage');
    const call = await newCallsConnectTo('backup', pair, 'outage/new-calls/2');
    await butPrimaryHomedAgentsAreUnreachable(pair, call, 'outage/new-calls/2');
  });

  it('failing-over/new-calls/1: calls are disconnected', () =>
    newCallsAreDisconnected('failing-over', 'failing-over/new-calls/1'));
  it('failing-over/new-calls/2: calls of imported groups connect to the backup pool, but agents homed in the primary are unreachable', async () => {
    const pair = await Pair.withImport(service, primary);
    await pair.reaches('failing-over');
    const call = await newCallsConnectTo('backup', pair, 'failing-over/new-calls/2');
    await butPrimaryHomedAgentsAreUnreachable(pair, call, 'failing-over/new-calls/2');
  });

  it('failed-over/new-calls/1: without import calls are disconnected', () =>
    newCallsAreDisconnected('failed-over', 'failed-over/new-calls/1'));
  it('failed-over/new-calls/2: calls of imported groups connect to the backup pool, where every agent can be reached', async () => {
    const pair = await Pair.withImport(service, primary);
    await pair.reaches('failed-over');
    const call = await newCallsConnectTo('backup', pair, 'failed-over/new-calls/2');
    await service.given(callConnects(call, pair.agentOfPrimary));
  });

  it('failing-back/new-calls/1: calls connect to the primary pool, but agents homed in it are unreachable', async () => {
    for (const pair of [await Pair.registered(service, primary), await Pair.withImport(service, primary)]) {
      await pair.reaches('failing-back');
      const call = await newCallsConnectTo('primary', pair, 'failing-back/new-calls/1');
      await butPrimaryHomedAgentsAreUnreachable(pair, call, 'failing-back/new-calls/1');
    }
  });

  it('failed-back/new-calls/1: calls connect to the primary pool, and its agents answer', async () => {
    for (const pair of [await Pair.registered(service, primary), await Pair.withImport(service, primary)]) {
      await pair.reaches('failed-back');
      const call = await newCallsConnectTo('primary', pair, 'failed-back/new-calls/1');
      await service.given(callConnects(call, pair.agentOfPrimary));
    }
  });
});
