import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, callConnects, importGroups, modifyObject, recordExport } from './support/commands.js';
import { Pair } from './support/pair.js';
import { preview, toldEvents } from './support/preview.js';
import { Service, type Ask } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

const built = 'bonn.contoso.com';
let service: Service;
let pair: Pair;

beforeEach(async () => {
  service = await Service.start();
  pair = await Pair.withImport(service);
});
afterEach(() => service.stop());

/** The preview, and the command after it, which must do just that. */
async function previewed(command: Ask) {
  const { body } = await preview(service, command);
  const answer = await service.when(command);
  expect(answer).toMatchObject({ status: 200 });
  expect(toldEvents(body)).toEqual(toldEvents(answer.body));
  return body['effects'];
}

describe('A preview on the way to a pool in the place of another', () => {
  it('counts no call that was cut off before, nor any change of stage that there is not', async () => {
    const { id: lost } = await pair.newCall();
    await pair.reaches('failed-over');
    expect(await pair.call(lost)).toMatchObject({ status: 'disconnected' });
    const { id } = await pair.newCall();
    await service.given(
      callConnects(id, pair.agentOfBackup),
      modifyObject(pair.backup, 'workflow', pair.regular, { description: 'By way of Hamburg' }),
    );
    const totals = async (pool: string) => (await service.shown(`/v1/pools/${pool}/call-status`))['totals'];
    const before = await totals(pair.primary);

    const replacing = await previewed(ask('replace-pool', { failed: pair.primary, replacement: built }));
    expect(replacing).toMatchObject({ calls: { cutOff: 0, byStatement: {}, byResponseGroup: [] } });
    expect(replacing).not.toHaveProperty('stage');
    expect(await totals(built)).toEqual(before);

    const file = await service.when(
      recordExport(pair.backup, { owner: pair.primary, fileName: 'for-bonn.zip' }),
    );
    const bring = importGroups(built, textOf(file.body['exportId']), { overwriteOwner: true });
    expect(await previewed(bring)).toMatchObject({ calls: { cutOff: 0 } });
    expect(await previewed(ask('complete-replacement', { pool: built }))).toMatchObject({
      stage: { from: 'failed-over', to: 'failed-back' },
      calls: { cutOff: 0, byStatement: {}, byResponseGroup: [] },
    });
    expect(await totals(built)).toEqual(before);
  });
});
