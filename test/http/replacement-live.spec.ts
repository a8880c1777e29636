/** Streams that are open on a pool at the moment at which another takes its place. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { ask, callConnects } from './support/commands.js';
import { Listening } from './support/listening.js';
import { entries, Pair } from './support/pair.js';
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

  it('tells of the calls until then, however soon before the end they came', async () => {
    const pair = await Pair.withImport(service);
    const built = `bonn-${pair.number}.contoso.com`;
    await pair.reaches('failed-over');
    const listening = await Listening.to(url, `/v1/pools/${pair.primary}/live`);
    await listening.heard('0');
    const replaced = ask('replace-pool', { failed: pair.primary, replacement: built });
    for (let call = 0; call < 20; call += 1) await pair.newCall();
    const { id } = await pair.newCall();
    await service.given(callConnects(id, pair.agentOfBackup), replaced);
    await listening.over();
    const told = listening.sent.map(({ body }) => body['callStatus'] as JsonObject | undefined);
    const { totals, rows } = await service.shown(`/v1/pools/${pair.primary}/call-status`);
    expect(totals).toMatchObject({ inProgress: 20, connected: 1 });
    expect(told.findLast((status) => status !== undefined)?.['totals']).toEqual(totals);
    const known = new Map<string, unknown>();
    for (const status of told)
      for (const row of entries(status?.['rows'])) known.set(JSON.stringify([row['row'], row['when']]), row);
    expect([...known.values()]).toEqual(expect.arrayContaining([...entries(rows)]));
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
