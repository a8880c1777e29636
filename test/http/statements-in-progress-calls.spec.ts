import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eitherPool, Pair, type Stage } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

describe.each(eitherPool)(
  'Calls that no agent has answered yet, as the %s pool of the pair fails',
  (primary) => {
    async function noCallIsWaiting(stage: Stage, statement: string): Promise<void> {
      const pair = await Pair.registered(service, primary);
      const { id } = await pair.newCall();
      await pair.reaches(stage);
      expect(await pair.rowInForce('in-progress-calls', { imported: false })).toMatchObject({
        outcome: 'none-in-this-status',
        calls: 0,
        because: [statement],
      });
      expect(await pair.call(id)).toMatchObject({ status: 'disconnected' });
      const { calls } = await service.shown(`/v1/pools/${pair.primary}/calls?status=in-progress`);
      expect(calls).toEqual([]);
    }

    it('outage/in-progress-calls/1: calls are disconnected, imported or not', async () => {
      for (const pair of [await Pair.registered(service, primary), await Pair.withImport(service, primary)]) {
        const { id, answer } = await pair.newCall();
        expect(answer.body).toMatchObject({ status: 'in-progress' });
        await pair.reaches('outage');
        expect(await pair.call(id)).toMatchObject({
          status: 'disconnected',
          because: ['outage/in-progress-calls/1'],
          basis: 'stated',
        });
      }
    });

    it('failing-over/in-progress-calls/1: calls are disconnected, also those that wait on the backup pool', async () => {
      const pair = await Pair.withImport(service, primary);
      await pair.reaches('outage');
      const { id } = await pair.newCall();
      expect(await pair.call(id)).toMatchObject({ status: 'in-progress', servedBy: pair.backup });
      await pair.reaches('failing-over');
      expect(await pair.call(id)).toMatchObject({
        status: 'disconnected',
        because: ['failing-over/in-progress-calls/1'],
      });
      expect(await pair.rowInForce('in-progress-calls', { imported: false })).toMatchObject({
        outcome: 'disconnected',
        because: ['failing-over/in-progress-calls/1'],
      });
    });

    it('failed-over/in-progress-calls/1: without import no call is in this status', () =>
      noCallIsWaiting('failed-over', 'failed-over/in-progress-calls/1'));
    it('failed-over/in-progress-calls/2: calls of imported groups that have reached the backup pool go on', async () => {
      const pair = await Pair.withImport(service, primary);
      await pair.reaches('failing-over');
      const { id } = await pair.newCall();
      await pair.reaches('failed-over');
      expect(await pair.call(id)).toMatchObject({
        status: 'in-progress',
        servedBy: pair.backup,
        because: ['failed-over/in-progress-calls/2'],
        basis: 'stated',
      });
      expect(await pair.rowInForce('in-progress-calls', { imported: true })).toMatchObject({
        outcome: 'remain-connected',
        calls: 1,
        because: ['failed-over/in-progress-calls/2'],
      });
    });

    it('failing-back/in-progress-calls/1: without import no call is in this status', () =>
      noCallIsWaiting('failing-back', 'failing-back/in-progress-calls/1'));
    it('failing-back/in-progress-calls/2: calls of imported groups that wait on the backup pool are disconnected', async () => {
      const pair = await Pair.withImport(service, primary);
      await pair.reaches('failed-over');
      const { id } = await pair.newCall();
      expect(await pair.call(id)).toMatchObject({ status: 'in-progress', servedBy: pair.backup });
      await pair.reaches('failing-back');
      expect(await pair.call(id)).toMatchObject({
        status: 'disconnected',
        because: ['failing-back/in-progress-calls/2'],
        basis: 'stated',
      });
    });

    it('failed-back/in-progress-calls/1: without import no call is in this status', () =>
      noCallIsWaiting('failed-back', 'failed-back/in-progress-calls/1'));
    it('failed-back/in-progress-calls/2: calls carried over from the backup pool are disconnected, those of the primary go on', async () => {
      const pair = await Pair.withImport(service, primary);
      await pair.reaches('failing-back');
      const { id } = await pair.newCall();
      expect(await pair.call(id)).toMatchObject({ status: 'in-progress', servedBy: pair.primary });
      await pair.reaches('failed-back');
      expect(await pair.rowInForce('in-progress-calls', { imported: true })).toMatchObject({
        outcome: 'disconnected',
        because: ['failed-back/in-progress-calls/2'],
      });
      expect(await pair.call(id)).toMatchObject({ status: 'in-progress', basis: 'inferred', because: [] });
    });
  },
);
