/** When the file of an export was written, and what that decides. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deployment, idOf } from '../../examples/generator/export-file/deployment.js';
import { exportFile } from '../../examples/generator/export-file/export-file.js';
import { textOf } from '../../examples/generator/text-of.js';
import { modifyObject, registerPair } from './support/commands.js';
import { entries } from './support/pair.js';
import { Service, type Answer, type Headers } from './support/service.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const url = `/v1/pools/${a}/exports`;
const groups = deployment({ workflows: 1, audioFiles: 0 });
const queue = idOf('Group 1 queue');
/** Written, by its entries, on a day in May. */
const ofMay = exportFile({ ...groups, wall: '2024-05-02T01:00:00' });
/** A zip of a tool that dates nothing. */
const undated = exportFile({ ...groups, wall: '1980-01-01T00:00:00' });

let service: Service;
beforeEach(async () => {
  service = await Service.start();
  await service.given(registerPair(a, b));
});
afterEach(async () => await service.stop());

const add = async (
  payload: Buffer,
  query: Readonly<Record<string, string>> = {},
  headers: Headers = {},
): Promise<Answer> =>
  await service.send({
    method: 'PUT',
    url: `${url}/night.zip?${new URLSearchParams(query).toString()}`,
    headers: { 'content-type': 'application/zip', ...headers },
    payload,
  });
const changed = (timeoutThreshold: number) => modifyObject(a, 'queue', queue, { timeoutThreshold });

describe('A file whose time nobody gave', () => {
  it('has the time of its newest entry, which the answers say; it is on record as added now', async () => {
    const { body } = await add(ofMay);
    const written = { writtenAt: '2024-05-02T01:00:00.000Z', writtenAtFrom: 'entry-dates' };
    expect(body).toMatchObject({ ...written, warnings: [] });
    const [event] = entries(body['events']);
    expect(event).not.toMatchObject({ metadata: { occurredAt: written.writtenAt } });
    expect(await service.shown(url)).toMatchObject({ exports: [{ file: { taken: true, ...written } }] });
    expect(await service.shown(`${url}/${textOf(body['exportId'])}`)).toMatchObject({ file: written });
    expect(await service.shown(`/v1/pools/${a}/readiness`)).toMatchObject({
      lastExport: { writtenAt: written.writtenAt },
    });
    expect((await add(ofMay)).body).toMatchObject({ events: [], ...written });
  });

  it('has dates that are read by the clocks of whoever sends it', async () => {
    const { body } = await add(ofMay, { fileTime: '2024-05-02T08:00:00-05:00' });
    expect(body).toMatchObject({ writtenAt: '2024-05-02T06:00:00.000Z', writtenAtFrom: 'entry-dates' });
  });

  it('has the time that whoever sends it names, where its entries have none; or none at all', async () => {
    const { body } = await add(undated, { fileTime: '2024-05-03T08:00:00+02:00' });
    expect(body).toMatchObject({ writtenAt: '2024-05-03T06:00:00.000Z', writtenAtFrom: 'file-time' });
    const other = exportFile({ ...deployment({ workflows: 2, audioFiles: 0 }), wall: '1980-01-01T00:00:00' });
    expect((await add(other)).body).toMatchObject({ writtenAt: null, writtenAtFrom: null });
  });

  it('is refused where it sets back what is on record as of later, and stores nothing', async () => {
    await add(exportFile({ ...groups, wall: '2024-05-01T01:00:00' }));
    await service.given(changed(60));
    const refused = await add(ofMay);
    expect(refused).toMatchObject({
      status: 409,
      body: { rule: 'newer-records-stay', because: ['newer-records-stay'], allowed: ['occurredAt', 'now'] },
    });
    expect(refused.body['detail']).toContain('timeoutThreshold');
    expect(await service.shown(url)).toMatchObject({ exports: [{}] });

    const kept = await add(ofMay, { occurredAt: '2024-05-02T01:00:00Z' });
    expect(kept.body).toMatchObject({
      writtenAtFrom: 'request',
      warnings: [{ code: 'older-than-the-record' }],
    });
    const asOfNow = await add(exportFile({ ...groups, wall: '2024-05-02T01:00:02' }), { now: 'true' });
    expect(asOfNow).toMatchObject({ status: 200, body: { writtenAt: null, writtenAtFrom: null } });
    expect(entries(asOfNow.body['events']).map(({ type }) => type)).toEqual([
      'ResponseGroupsExported',
      'ObjectModified',
    ]);
  });

  it('gets the first answer again with its key, though its file was touched meanwhile', async () => {
    const headers = { 'idempotency-key': 'night-1' };
    const first = await add(undated, { fileTime: '2024-05-03T08:00:00Z' }, headers);
    const again = await add(undated, { fileTime: '2024-05-04T08:00:00Z' }, headers);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect((await add(undated, { now: 'true' }, headers)).status).toBe(422);
  });
});

describe('Times of a file that cannot be', () => {
  it.each([
    [{ now: 'true', occurredAt: '2024-05-02T01:00:00Z' }, '/now'],
    [{ now: 'perhaps' }, '/now'],
    [{ fileTime: 'yesterday' }, '/fileTime'],
    [{ fileTime: '2024-02-30T00:00:00Z' }, '/fileTime'],
  ])('are refused by name: %j', async (query, pointer) => {
    const answer = await add(ofMay, query);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect(await service.shown(url)).toMatchObject({ exports: [] });
  });
});
