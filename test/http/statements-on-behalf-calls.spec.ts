import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callOnBehalf } from './support/commands.js';
import { eitherPool, entries, Pair, type Stage } from './support/pair.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

describe.each(eitherPool)(
  'Agent calls on behalf of a response group, as the %s pool of the pair fails',
  (primary) => {
    async function isRefused(
      pair: Pair,
      rule: string,
      outcome: string,
      imported: boolean,
      statement: string,
    ) {
      const refusal = await service.when(callOnBehalf(pair.agentOfBackup, pair.primary, pair.regular));
      expect(refusal.status).toBe(409);
      expect(refusal.body).toMatchObject({ rule, because: [statement] });
      expect(await pair.rowInForce('on-behalf-calls', { imported })).toMatchObject({
        outcome,
        calls: 0,
        because: [statement],
      });
    }

    async function theFeatureIsDisabled(stage: Stage, statement: string): Promise<void> {
      const [plain, imported] = [
        await Pair.registered(service, primary),
        await Pair.withImport(service, primary),
      ];
      await plain.reaches(stage);
      await isRefused(plain, 'on-behalf-disabled', 'disabled', false, statement);
      await imported.reaches(stage);
      await isRefused(imported, 'on-behalf-disabled', 'disabled', true, statement);
    }

    async function callsSucceed(pair: Pair, imported: boolean, statement: string): Promise<void> {
      const answer = await service.when(callOnBehalf(pair.agentOfBackup, pair.primary, pair.regular));
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ status: 'connected', because: [statement] });
      expect(entries(answer.body['events']).map(({ type }) => type)).toEqual(['OnBehalfCallPlaced']);
      expect(await pair.call(textOf(answer.body['callId']))).toMatchObject({
        onBehalf: true,
        status: 'connected',
        agent: pair.agentOfBackup,
        because: [statement],
      });
      expect(await pair.rowInForce('on-behalf-calls', { imported })).toMatchObject({
        outcome: 'succeed',
        calls: 1,
        because: [statement],
      });
    }

    it('outage/on-behalf-calls/1: the feature is disabled', () =>
      theFeatureIsDisabled('outage', 'outage/on-behalf-calls/1'));

    it('failing-over/on-behalf-calls/1: the feature is disabled', () =>
      theFeatureIsDisabled('failing-over', 'failing-over/on-behalf-calls/1'));

    it('failed-over/on-behalf-calls/1: without import calls fail', async () => {
      const pair = await Pair.registered(service, primary);
      await pair.reaches('failed-over');
      await isRefused(pair, 'on-behalf-fails', 'fail', false, 'failed-over/on-behalf-calls/1');
    });
    it('failed-over/on-behalf-calls/2: calls of imported groups succeed', async () => {
      const pair = await Pair.withImport(service, primary);
      await pair.reaches('failed-over');
      await callsSucceed(pair, true, 'failed-over/on-behalf-calls/2');
    });

    it('failing-back/on-behalf-calls/1: the feature is disabled', () =>
      theFeatureIsDisabled('failing-back', 'failing-back/on-behalf-calls/1'));

    it('failed-back/on-behalf-calls/1: calls succeed', async () => {
      const [plain, imported] = [
        await Pair.registered(service, primary),
        await Pair.withImport(service, primary),
      ];
      await plain.reaches('failed-back');
      await callsSucceed(plain, false, 'failed-back/on-behalf-calls/1');
      await imported.reaches('failed-back');
      await callsSucceed(imported, true, 'failed-back/on-behalf-calls/1');
    });
  },
);
