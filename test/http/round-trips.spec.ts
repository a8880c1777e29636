import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InProcessServer } from '../store/eventstoredb/server/server.js';
import { callArrives, createWorkflow, registerPair } from './support/commands.js';
import { storeOn } from './support/instances.js';
import { Service } from './support/service.js';

const pool = 'pool1.contoso.com';

/** Each call on EventStoreDB costs the service most of what a command takes: they are counted. */
describe('A new call on EventStoreDB', () => {
  const server = new InProcessServer();
  let service: Service;
  beforeAll(async () => {
    await server.start();
    service = await Service.start({ store: storeOn(server) });
    await service.given(registerPair(pool, 'pool2.contoso.com'), createWorkflow(pool, 'help-desk'));
    await service.given(callArrives('first', pool, 'help-desk'));
    await service.caughtUp();
  });
  afterAll(async () => {
    await service.stop();
    server.stop();
  });

  async function costOf(callId: string, headers = {}): Promise<{ reads: number; appends: number }> {
    const { faults } = server;
    const before = { reads: faults.reads, appends: faults.appended.length };
    const answer = await service.when(callArrives(callId, pool, 'help-desk'), headers);
    expect(answer.status).toBe(200);
    return { reads: faults.reads - before.reads, appends: faults.appended.length - before.appends };
  }

  it('costs two reads at once and one append without a key', async () => {
    expect(await costOf('plain')).toEqual({ reads: 2, appends: 1 });
  });

  it('costs no more with a key, and a repeat costs no append', async () => {
    const headers = { 'idempotency-key': 'key 1' };
    expect(await costOf('keyed', headers)).toEqual({ reads: 2, appends: 1 });
    expect((await costOf('keyed', headers)).appends).toBe(0);
  });
});
