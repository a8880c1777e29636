/** Names, ids and addresses from the API and from files: what the one refuses, the other keeps with a finding. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { limits } from '../../policy/limits.js';
import { readExport } from '../../src/rgs-export/read-export.js';
import {
  ask,
  callArrives,
  modifyObject,
  registerAgent,
  registerPair,
  signIn,
} from '../http/support/commands.js';
import { entries } from '../http/support/pair.js';
import { Service, type Answer } from '../http/support/service.js';
import { given } from '../support/given.js';
import { paired, poolA as poolP } from '../support/story.js';
import { object, text, zipWith } from './support/clixml.js';

const [poolA, poolB] = ['pool-a.contoso.com', 'pool-b.contoso.com'];

let service: Service;
beforeAll(async () => {
  service = await Service.start({ usually: 'memory' });
  await service.given(registerPair(poolA, poolB), registerAgent('sip:kim@contoso.com', poolA));
});
afterAll(() => service.stop());

const put = async (zip: Buffer): Promise<Answer> =>
  await service.send({
    method: 'PUT',
    url: `/v1/pools/${poolA}/exports/${zip.length}.zip`,
    headers: { 'content-type': 'application/zip' },
    payload: zip,
  });

const create = (more: JsonObject): Promise<Answer> =>
  service.when(
    ask('create-object', { pool: poolA, kind: 'queue', name: 'Fine', tool: 'managementShell', ...more }),
  );

const pointersOf = ({ body }: Answer) => entries(body['errors']).map(({ pointer }) => pointer);

/** What a file has of one object: the object as it is read, and the codes of the findings. */
async function readOf(id: string, name: string, ...properties: readonly string[]) {
  const { objects, findings } = await readExport(zipWith('AgentGroups.xml', object(id, name, ...properties)));
  const codes = findings.map(({ code }) => code).filter((code) => code !== 'file-missing');
  return { object: objects[0], codes, findings };
}

describe('An id that only a file can bring', () => {
  const odd = ['Büro/1', 'a"b\'c', '-x', '営業', 'a\u202eb', '📞'];

  it.each(odd)('such as %j names its object in commands, and a new object cannot have it', async (id) => {
    expect((await create({ id })).status).toBe(400);
    const group = object(id, `Group ${id}`, text('ParticipationPolicy', 'Formal'));
    expect(await put(zipWith('AgentGroups.xml', group))).toMatchObject({ status: 200 });
    const changed = await service.when(modifyObject(poolA, 'agent-group', id, { agentAlertTime: 30 }));
    expect(changed).toMatchObject({ status: 200, body: { id } });
    expect(await service.when(signIn('sip:kim@contoso.com', poolA, id))).toMatchObject({ status: 200 });
    const remove = ask('remove-object', { pool: poolA, kind: 'agent-group', id, tool: 'managementShell' });
    expect(await service.when(remove)).toMatchObject({ status: 200 });
  });

  it('names its workflow in the query of calls and in reports, and no other such id does', async () => {
    const workflow = object('Büro/2', 'Office', text('PrimaryUri', 'sip:office@contoso.com'));
    expect(await put(zipWith('Workflows.xml', workflow))).toMatchObject({ status: 200 });
    expect(await service.when(callArrives('call-1', poolA, 'Büro/2'))).toMatchObject({ status: 200 });
    const url = `/v1/pools/${poolA}/calls?responseGroup=`;
    expect((await service.get(url + encodeURIComponent('Büro/2'))).body).toMatchObject({
      calls: [{ callId: 'call-1' }],
    });
    expect(await service.get(url + encodeURIComponent('Büro/3'))).toMatchObject({ status: 400 });
    expect(await service.when(callArrives('call-2', poolA, 'Büro/3'))).toMatchObject({ status: 400 });
  });

  it('is a finding', async () => {
    expect((await readOf('Büro/1', 'Fine')).codes).toEqual(['id-not-allowed']);
    expect((await readOf('x'.repeat(129), 'Fine')).codes).toEqual(['object-without-identity']);
  });
});

describe('A name', () => {
  it.each([
    ['\u001b[2J', 'U+001B'],
    ['\u202e', 'U+202E'],
    ['\u200b', 'U+200B'],
    ['\u2028', 'U+2028'],
  ])('with %j is refused by the API, and kept with a finding where a file has it', async (part, code) => {
    const name = `Help${part}desk`;
    const answer = await create({ name });
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining(code) } });
    expect(pointersOf(answer)).toEqual(['/name']);
    const { object: kept, codes, findings } = await readOf('x', name);
    expect(kept).toMatchObject({ name });
    expect(codes).toEqual(['name-not-allowed']);
    expect(JSON.stringify(findings)).toContain(code);
  });

  it('of 129 characters is refused by the API; of a file it is on record shortened, and whole beside it', async () => {
    const name = `${'n'.repeat(126)}👩‍💻`;
    expect(pointersOf(await create({ name }))).toEqual(['/name']);
    const { object: kept, codes } = await readOf('x', name);
    expect(kept).toMatchObject({ name: `${'n'.repeat(126)}…`, unknownProperties: { Name: name } });
    expect(codes).toEqual(['name-not-allowed']);
    expect((await readOf('x', 'n'.repeat(limits.name))).codes).toEqual([]);
  });

  it('of hundreds of thousands of characters is no more of the record than a bounded text', async () => {
    const { object: kept } = await readOf('x', 'é'.repeat(400_000));
    expect(JSON.stringify(kept).length).toBeLessThan(6_000);
  });
});

describe('An address that no agent has', () => {
  const address = "sip:x';whoami;#@x.com";

  it('is refused by the API', async () => {
    expect(pointersOf(await service.when(registerAgent(address, poolA)))).toEqual(['/agent']);
    const group = await create({ kind: 'agent-group', properties: { agentsByUri: [address] } });
    expect(pointersOf(group)).toEqual(['/properties/agentsByUri/0']);
  });

  it('is kept with a finding where a file has it', async () => {
    const agents = `<Obj N="AgentsByUri"><LST><URI>${address}</URI></LST></Obj>`;
    const { object: kept, codes } = await readOf('x', 'Fine', agents);
    expect(kept).toMatchObject({ properties: { agentsByUri: [address] } });
    expect(codes).toEqual(['property-odd']);
  });
});

describe('What a person writes', () => {
  it.each(['reason', 'actor'])('as %s holds no character that deceives', async (what) => {
    const body = { pool: poolA, ...(what === 'reason' ? { reason: 'all \u202Ewell' } : {}) };
    const headers = what === 'actor' ? { 'x-actor': Buffer.from('ki\u200Bm').toString('latin1') } : {};
    const answer = await service.when(ask('complete-failover', body), headers);
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/U\+20(2E|0B)/) } });
  });
});

describe('A log of before', () => {
  it('that holds a longer name and an odd id folds as it did, and a refusal names them in short', () => {
    const name = 'n'.repeat(200_000);
    const data = { pool: poolP, kind: 'queue' as const, id: 'a b\u202e', name, properties: {}, tool: null };
    const story = given(paired, { type: 'ObjectCreated', data });
    const [copy] = story.world.pair?.copies.values() ?? [];
    expect(copy).toMatchObject({ id: data.id, name });
    const { decision } = story.when('create-object', {
      pool: poolP,
      kind: 'queue',
      id: data.id.trim(),
      name: 'Other',
      tool: 'managementShell',
    });
    expect(decision.outcome).toBe('invalid');
    const taken = story.and({ type: 'ObjectCreated', data: { ...data, id: 'x' } }).when('create-object', {
      pool: poolP,
      kind: 'queue',
      id: 'x',
      name: 'Other',
      tool: 'managementShell',
    });
    taken.thenRefused({ rule: 'id-in-use' });
    expect(JSON.stringify(taken.decision).length).toBeLessThan(1_000);
  });
});
