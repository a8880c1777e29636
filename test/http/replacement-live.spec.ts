/** Streams that are open on a pool at the moment at which another takes its place. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textOf } from '../../examples/generator/text-of.js';
import { ask, callConnects } from './support/commands.js';
import { Listening } from './support/listening.js';
import { Pair } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
let url: URL;
beforeAll(async () => {
  service = await Service.start();
  url = await service.listen();
});
afterAll(() => service.stop());

const replacing = async (pair: Pair, replacement: string): Promise<string> => {
  const answer = await service.when(ask('replace-pool', { failed: pair.primary, replacement }));
  expect(answer).toMatchObject({ status: 200 });
  return textOf(answer.body['position']);
};

describe('A stream that is open on a pool whose place another takes', () => {
  it('ends with a message that names the other, which is heard under its own name from then on', async () => {
    const pair = await Pair.withImport(service);
    const built = `bonn-${pair.number}.contoso.com`;
    await pair.reaches('failed-over');
    const { id: call } = await pair.newCall();
    const listening = await Listening.to(url, `/v1/pools/${pair.primary}/live`);
    const partners = await Listening.to(url, `/v1/pools/${pair.backup}/live`);
    const position = await replacing(pair, built);
    await listening.over();
    expect(listening.last).toMatchObject({
      name: 'change',
      id: position,
      body: {
        event: { type: 'PoolReplaced', summary: expect.stringContaining(built) as unknown },
        ended: { position, replacedBy: built },
      },
    });
    expect((await service.get(`/v1/pools/${pair.primary}/live`)).body).toMatchObject({
      status: 404,
      detail: expect.stringContaining(`listen to ${built}`) as unknown,
    });

    const goesOn = await Listening.to(url, `/v1/pools/${built}/live`);
    await goesOn.heard('0');
    expect(goesOn.last).toMatchObject({
      name: 'state',
      body: { pool: { fqdn: built, stage: 'failed-over' }, callStatus: { totals: { inProgress: 1 } } },
    });
    const { body } = await service.when(callConnects(call, pair.agentOfBackup));
    await goesOn.heard(textOf(body['position']));
    expect(goesOn.last.body).toMatchObject({ callStatus: { totals: { connected: 1, inProgress: 0 } } });
    await partners.heard(position);
    const heard = partners.sent.find(({ id }) => id === position);
    expect(heard?.body).toMatchObject({ pool: { fqdn: pair.backup, partner: built } });
    expect(heard?.body).not.toHaveProperty('ended');
    goesOn.hangUp();
    partners.hangUp();
  });

  it('is refused with the same name to whoever comes back for what was missed', async () => {
    const pair = await Pair.withImport(service);
    const built = `bonn-${pair.number}.contoso.com`;
    await pair.reaches('failed-over');
    const before = String(await service.poolkeeper.store.lastPosition());
    await replacing(pair, built);
    const late = await service.get(`/v1/pools/${pair.primary}/live`, { 'last-event-id': before });
    expect(late.status).toBe(404);
    expect(late.body['detail']).toContain(built);
  });
});
