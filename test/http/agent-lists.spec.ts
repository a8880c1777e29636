import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import {
  ask,
  callArrives,
  callConnects,
  callOnBehalf,
  createAgentGroup,
  moveAgent,
  registerPair,
  signIn,
} from './support/commands.js';
import { freshMedium, type Medium } from './support/mediums.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';
import { UnreliableStore } from './support/stores.js';

let medium: Medium;
let store: UnreliableStore;
let service: Service;
let pair: Pair;
beforeEach(async () => {
  medium = await freshMedium();
  store = new UnreliableStore(await medium.open());
  service = await Service.start({ store });
  pair = await Pair.registered(service);
});
afterEach(async () => {
  await service.stop();
  medium.release();
});

const titles = 'SipAddress,RegistrarPool,Enabled,EnterpriseVoiceEnabled';
const send = async (rows: readonly string[], query = '', headers: Readonly<Record<string, string>> = {}) =>
  await service.send({
    method: 'PUT',
    url: `/v1/agents${query}`,
    headers: { 'content-type': 'text/csv', ...headers },
    payload: [titles, ...rows].join('\r\n'),
  });
const head = async (): Promise<string> => String(await service.poolkeeper.store.lastPosition());
const home = async (agent: string): Promise<unknown> =>
  (await service.shown(`/v1/agents/${agent}/console`))['homePool'];
const findings = async (): Promise<readonly JsonObject[]> =>
  entries((await service.shown(`/v1/pools/${pair.primary}/readiness`))['findings']);

describe('A list of users', () => {
  it('registers who is new, moves who is homed elsewhere, and changes nothing when it comes again', async () => {
    const many = Array.from(
      { length: 200 },
      (_, n) => `sip:agent-${n}@contoso.com,${pair.primary},True,True`,
    );
    const rows = [
      ...many,
      `${pair.agentOfPrimary},${pair.backup},True,True`,
      `sip:sam@contoso.com,pool-z.contoso.com,True,True`,
    ];
    await service.given(signIn(pair.agentOfPrimary, pair.primary, pair.ownGroup));
    const before = await head();
    const previewed = await send(rows, '?preview=true&complete=true');
    expect(await head()).toBe(before);
    const answer = await send(rows, '?complete=true');
    expect(answer).toMatchObject({
      status: 200,
      body: {
        read: 202,
        moved: [{ agent: pair.agentOfPrimary, from: pair.primary, homePool: pair.backup }],
        absent: [pair.agentOfBackup],
        unknownPools: [{ pool: 'pool-z.contoso.com', agents: 1 }],
      },
    });
    expect(previewed.body).toEqual({ preview: true, ...answer.body });
    expect(entries(answer.body['registered'])).toHaveLength(200);
    expect(await home('sip:agent-199@contoso.com')).toBe(pair.primary);
    expect(await home(pair.agentOfPrimary)).toBe(pair.backup);
    expect(await home(pair.agentOfBackup)).toBe(pair.backup);
    const after = await head();
    expect(await send(rows, '?complete=true')).toMatchObject({
      status: 200,
      body: { registered: [], moved: [], changed: [] },
    });
    expect(await head()).toBe(after);
  });

  it('with a row in error is recorded not at all, and the row is named', async () => {
    const before = await head();
    const answer = await send([
      `sip:new@contoso.com,${pair.primary},True,True`,
      `sip:bad@contoso.com,${pair.primary},Yes,`,
    ]);
    expect(answer).toMatchObject({ status: 400 });
    expect(entries(answer.body['errors']).map(({ detail }) => detail)).toEqual([
      'Line 3, Enabled: is neither True nor False.',
    ]);
    expect(await head()).toBe(before);
    expect(await send([], '?complete=maybe')).toMatchObject({ status: 400 });
    const none = await service.send({ method: 'PUT', url: '/v1/agents', headers: {}, payload: '' });
    expect(none).toMatchObject({ status: 400 });
    const zip = { 'content-type': 'application/zip' };
    expect(
      await service.send({ method: 'PUT', url: '/v1/agents', headers: zip, payload: 'x' }),
    ).toMatchObject({
      status: 415,
    });
  });

  it('of all users that has none is refused: nobody would be on it', async () => {
    const before = await head();
    for (const query of ['?complete=true', '?complete=true&preview=true'])
      expect(await send([], query)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/complete' }] },
      });
    expect(await send([])).toMatchObject({ status: 200, body: { read: 0, absent: [] } });
    expect(await head()).toBe(before);
  });

  it('that has an agent in a pool of no pair says that the home on record stays, until the pair is', async () => {
    const [there, other] = ['harstad.contoso.com', 'narvik.contoso.com'] as const;
    const rows = [`${pair.agentOfPrimary},${there},True,True`, `sip:sam@contoso.com,${there},True,True`];
    const answer = await send(rows);
    expect(answer).toMatchObject({
      status: 200,
      body: { unknownPools: [{ pool: there, agents: 2 }], warnings: [{ code: 'homed-in-no-serving-pool' }] },
    });
    const told = textOf(entries(answer.body['warnings'])[0]?.['detail']);
    expect(told).toContain(`1 agent on record`);
    expect(told).toContain(`${pair.agentOfPrimary} (in ${there}, on record in ${pair.primary})`);
    expect((await send(rows, '?preview=true')).body['warnings']).toEqual(answer.body['warnings']);
    await service.given(registerPair(there, other));
    expect((await send(rows)).body).toMatchObject({ moved: [{ homePool: there }], warnings: [] });
  });

  it('that has users in a pool chosen to take the place of a lost one asks for that to be recorded', async () => {
    const built = 'tromso.contoso.com';
    await pair.reaches('failed-over');
    await service.given(
      ask('choose-route', { pool: pair.primary, route: 'replacement', replacement: built }),
    );
    const rows = [`${pair.agentOfPrimary},${built},True,True`, `sip:sam@contoso.com,${built},True,True`];
    const { body } = await send(rows);
    const warnings = entries(body['warnings']);
    expect(warnings.map(({ code }) => code)).toEqual(['homed-in-no-serving-pool']);
    const told = textOf(warnings[0]?.['detail']);
    const way = `record replace-pool of ${pair.primary}`;
    expect(told).toContain(`2 users in ${built}`);
    expect(told).toContain(way);
    expect(told).not.toContain('register-pair');
    const moved = await service.when(moveAgent(pair.agentOfPrimary, built));
    expect(textOf(entries(moved.body['errors'])[0]?.['detail'])).toContain(way);
    const file = await service.send({
      method: 'PUT',
      url: `/v1/pools/${built}/exports/night.zip`,
      headers: { 'content-type': 'application/zip' },
      payload: 'x',
    });
    expect(textOf(entries(file.body['errors'])[0]?.['detail'])).toContain(way);
    await service.given(ask('replace-pool', { failed: pair.primary, replacement: built }));
    expect((await send(rows)).body).toMatchObject({ moved: [{ homePool: built }], warnings: [] });
  });

  it('with an Idempotency-Key gets the first answer again, and another list with that key is refused', async () => {
    const rows = [`sip:new@contoso.com,${pair.primary},True,True`];
    const keyed = { 'idempotency-key': 'list of Monday' };
    const [first, meanwhile] = await Promise.all([send(rows, '', keyed), send(rows, '', keyed)]);
    expect(first).toMatchObject({
      status: 200,
      body: { registered: [{ agent: 'sip:new@contoso.com', homePool: pair.primary }] },
    });
    expect(meanwhile.text).toBe(first.text);
    await service.given(moveAgent('sip:new@contoso.com', pair.backup));
    const before = await head();
    const again = await send(rows, '', keyed);
    expect(again).toMatchObject({ status: 200, text: first.text });
    expect(again.headers['etag']).toBe(first.headers['etag']);
    for (const query of ['', '?preview=true'])
      expect(
        await send([...rows, `sip:two@contoso.com,${pair.primary},True,True`], query, keyed),
      ).toMatchObject({
        status: 422,
        body: { type: 'urn:poolkeeper:problem:idempotency-key-reused' },
      });
    expect(await send(rows, '?complete=true', keyed)).toMatchObject({ status: 422 });
    expect(await head()).toBe(before);
    expect(await home('sip:new@contoso.com')).toBe(pair.backup);
  });

  it('whose first try was cut short is recorded to its end with the same key, with all of it in the answer', async () => {
    const rows = [1, 2, 3].map((n) => `sip:agent-${n}@contoso.com,${pair.primary},True,True`);
    const keyed = { 'idempotency-key': 'cut short' };
    store.loseNext('AgentListed');
    expect((await send(rows, '', keyed)).status).toBe(503);
    const answer = await send(rows, '', keyed);
    expect(answer).toMatchObject({ status: 200, body: { read: 3, moved: [] } });
    expect(entries(answer.body['registered'])).toHaveLength(3);
    expect((await send(rows, '', keyed)).text).toBe(answer.text);
  });

  it('with If-Match is recorded only while what is on record of agents is what its preview was told of', async () => {
    const rows = [`sip:new@contoso.com,${pair.primary},True,True`];
    const { headers } = await send(rows, '?preview=true');
    const tag = String(headers['etag']);
    await service.given(callArrives('1', pair.primary, pair.regular));
    await service.given(moveAgent(pair.agentOfPrimary, pair.backup));
    const before = await head();
    const late = await send(rows, '', { 'if-match': tag });
    expect(late).toMatchObject({
      status: 412,
      body: { type: 'urn:poolkeeper:problem:precondition-failed', stream: 'agents' },
    });
    expect(await head()).toBe(before);
    for (const wrong of ['"7"', 'W/"7"'])
      expect((await send(rows, '?preview=true', { 'if-match': wrong })).status).toBe(412);
    const now = `"${textOf(late.body['revision'])}"`;
    await service.given(callArrives('2', pair.primary, pair.regular));
    const answer = await send(rows, '', { 'if-match': `"7", ${now}` });
    expect(answer).toMatchObject({ status: 200, body: { registered: [{}] } });
    expect(answer.headers['etag']).not.toBe(now);
    expect(await send(rows, '', { 'if-match': '*' })).toMatchObject({
      status: 200,
      headers: answer.headers['etag'] === undefined ? {} : { etag: answer.headers['etag'] },
    });
  });

  it('makes findings of agents who cannot answer, are on no list or moved away, with their groups', async () => {
    const other = await Pair.registered(service);
    const [off, mute, gone, away] = ['off', 'mute', 'gone', 'away'].map((name) => `sip:${name}@contoso.com`);
    const rows = [off, mute, gone, away].map((agent) => `${agent ?? ''},${pair.primary},True,True`);
    await service.given(
      createAgentGroup(pair.primary, 'desk', [off ?? '', mute ?? '', gone ?? '', away ?? '']),
    );
    expect(await send(rows)).toMatchObject({ status: 200 });
    expect((await findings()).map(({ id }) => textOf(id))).not.toContain('agents-cannot-answer');
    await send(
      [
        `${off ?? ''},${pair.primary},False,True`,
        `${mute ?? ''},${pair.primary},True,False`,
        `${away ?? ''},${other.primary},True,True`,
        `${pair.agentOfPrimary},${pair.primary},True,True`,
        `${pair.agentOfBackup},${pair.backup},True,True`,
      ],
      '?complete=true',
    );
    const found = new Map((await findings()).map((one) => [textOf(one['id']), one]));
    expect(found.get('agents-cannot-answer')?.['detail']).toBe(
      '2 agents of 1 group: sip:off@contoso.com (disabled; in Agents of desk), sip:mute@contoso.com (without Enterprise Voice; in Agents of desk).',
    );
    expect(found.get('agents-on-no-list')?.['detail']).toContain(
      'sip:gone@contoso.com (on no list; in Agents of desk)',
    );
    expect(found.get('agents-moved-away')?.['detail']).toContain(
      `sip:away@contoso.com (homed in ${other.primary}`,
    );
    const trail = await service.shown(`/v1/pools/${pair.primary}/audit-trail?type=AgentListed&limit=1000`);
    expect(entries(trail['entries']).map(({ summary }) => summary)).toContain(
      'Agent sip:mute@contoso.com is on a list of users: enabled, without Enterprise Voice',
    );
  });

  it('that says nothing of something leaves what an earlier list showed: without the column, or with an empty cell', async () => {
    const [off, mute, unsaid] = ['off', 'mute', 'unsaid'].map((name) => `sip:${name}@contoso.com`);
    const everybody = [off ?? '', mute ?? '', unsaid ?? ''];
    await service.given(createAgentGroup(pair.primary, 'desk', everybody));
    await send([
      `${off ?? ''},${pair.primary},False,True`,
      `${mute ?? ''},${pair.primary},True,False`,
      `${unsaid ?? ''},${pair.primary},,`,
    ]);
    const told = async () =>
      (await findings()).filter(({ id }) => id === 'agents-cannot-answer').map(({ detail }) => detail);
    const before = await told();
    expect(before).toHaveLength(1);
    const head1 = await head();
    const without = await service.send({
      method: 'PUT',
      url: '/v1/agents',
      headers: { 'content-type': 'text/csv' },
      payload: ['SipAddress,RegistrarPool', ...everybody.map((one) => `${one},${pair.primary}`)].join('\n'),
    });
    expect(without).toMatchObject({ status: 200, body: { read: 3, changed: [] } });
    expect(await send(everybody.map((one) => `${one},${pair.primary},,`))).toMatchObject({
      status: 200,
      body: { changed: [] },
    });
    expect(await head()).toBe(head1);
    expect(await told()).toEqual(before);
    const trail = await service.shown(`/v1/pools/${pair.primary}/audit-trail?type=AgentListed&limit=1000`);
    expect(entries(trail['entries']).map(({ summary }) => summary)).toContain(
      `Agent ${unsaid ?? ''} is on a list of users`,
    );
    // Gone, and back on a list that does not say.
    const others = [pair.agentOfPrimary, pair.agentOfBackup].map(
      (one, n) => `${one},${n === 0 ? pair.primary : pair.backup},,`,
    );
    await send([...others, `${mute ?? ''},${pair.primary},,`], '?complete=true');
    expect(await told()).toEqual([expect.not.stringContaining(off ?? '')]);
    await send(everybody.map((one) => `${one},${pair.primary},,`));
    expect(await told()).toEqual(before);
    // Said of one only: the other stays.
    const answer = await send([`${off ?? ''},${pair.primary},True,`]);
    expect(answer.body['changed']).toEqual([{ agent: off, enabled: true, enterpriseVoice: null }]);
    await send([`${off ?? ''},${pair.primary},,False`]);
    expect(await told()).toEqual([
      expect.stringMatching(
        /sip:off@contoso.com \(without Enterprise Voice; .*sip:mute@contoso.com/,
      ) as unknown,
    ]);
  });

  it('of an earlier day leaves what is on record as of later, names it, and records the rest', async () => {
    const [ana, ben, old] = ['ana', 'ben', 'old'].map((name) => `sip:${name}@contoso.com`) as [
      string,
      string,
      string,
    ];
    const [earlier, between] = [-3, -2].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
    const dated = (time = '', more = '') => `?occurredAt=${time}${more}`;
    await send([`${ana},${pair.primary},True,True`]);
    await send([`${ben},${pair.primary},False,`], dated(earlier));
    const rows = [
      `${ana},${pair.backup},False,True`,
      // Of them the older list tells nothing else.
      `${ben},${pair.primary},True,False`,
      `${old},${pair.backup},True,True`,
    ];
    const before = await head();
    const previewed = await send(rows, dated(between, '&preview=true&complete=true'));
    expect(await head()).toBe(before);
    const answer = await send(rows, dated(between, '&complete=true'));
    expect(previewed.body).toEqual({ preview: true, ...answer.body });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        registered: [{ agent: old, homePool: pair.backup }],
        moved: [],
        changed: [
          { agent: ben, enabled: true, enterpriseVoice: false },
          { agent: old, enabled: true, enterpriseVoice: true },
        ],
        warnings: [{ code: 'older-than-the-record' }],
      },
    });
    const detail = textOf(entries(answer.body['warnings'])[0]?.['detail']);
    expect(detail).toContain(`The list is of ${between ?? ''}`);
    expect(detail).toContain(`${ana} (homed in ${pair.primary}, enabled)`);
    expect(detail).toContain(`${pair.agentOfPrimary} (homed in ${pair.primary})`);
    expect(detail).not.toContain(ben);
    expect(await home(ana)).toBe(pair.primary);
    // The same again says the same, and what is told to do works.
    expect((await send(rows, dated(between, '&complete=true'))).body['warnings']).toEqual(
      answer.body['warnings'],
    );
    const now = await send(rows);
    expect(now.body).toMatchObject({
      moved: [{ agent: ana, from: pair.primary, homePool: pair.backup }],
      changed: [{ agent: ana, enabled: false, enterpriseVoice: true }],
      warnings: [],
    });
    // What only confirms, is on record as of the newest.
    const longAgo = '2020-02-02T00:00:00.000Z';
    expect((await send(rows, dated(longAgo))).body['warnings']).toEqual([]);
    const slip = await send([`sip:slip@contoso.com,${pair.primary},True,True`], dated(longAgo));
    expect(slip.body['warnings']).toMatchObject([{ code: 'long-ago' }]);
    expect((await send([`${ben},${pair.primary},,True`], dated(earlier))).body).toMatchObject({
      changed: [],
      warnings: [{ code: 'older-than-the-record' }],
    });
  });

  it('that its file time alone calls older is refused where it would set something back, with two ways on', async () => {
    const row = `${pair.agentOfPrimary},${pair.backup},True,True`;
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    const query = `?fileTime=${yesterday}`;
    const before = await head();
    for (const preview of ['', '&preview=true']) {
      const refused = await send([row], query + preview);
      expect(refused).toMatchObject({
        status: 409,
        body: { rule: 'newer-records-stay', allowed: ['occurredAt', 'now'] },
      });
      expect(textOf(refused.body['detail'])).toContain(`${pair.agentOfPrimary} (homed in ${pair.primary})`);
    }
    expect(await head()).toBe(before);
    expect(await send([row], '?fileTime=yesterday')).toMatchObject({ status: 400 });
    expect(await send([row], `?now=true&occurredAt=${yesterday}`)).toMatchObject({ status: 400 });
    // It sets nothing back: however old it is, it is taken.
    expect(await send([`sip:new@contoso.com,${pair.primary},True,True`], query)).toMatchObject({
      status: 200,
    });
    expect(await send([row], `?occurredAt=${yesterday}`)).toMatchObject({
      status: 200,
      body: { moved: [], warnings: [{ code: 'older-than-the-record' }] },
    });
    expect(await send([row], `${query}&now=true`)).toMatchObject({ status: 200, body: { moved: [{}] } });
  });

  it('shows who has no Enterprise Voice: whatever is recorded of them as an agent warns of that, and is recorded', async () => {
    const mute = 'sip:mute@contoso.com';
    const rows = (voice: string) => [`${mute},${pair.primary},True,${voice}`];
    const warned = { status: 200, body: { warnings: [{ code: 'agents-cannot-answer' }] } };
    const edit = (agentsByUri: readonly string[]) =>
      ask('modify-object', {
        pool: pair.primary,
        kind: 'agent-group',
        id: 'desk',
        properties: { agentsByUri },
        tool: 'managementShell',
      });
    await send(rows('True'));
    const quiet = { status: 200, body: { warnings: [] } };
    expect(await service.when(createAgentGroup(pair.primary, 'desk', [mute]))).toMatchObject(quiet);
    await send(rows('False'));
    const created = await service.when(createAgentGroup(pair.primary, 'late', [mute.toUpperCase()]));
    expect(created).toMatchObject(warned);
    expect(textOf(entries(created.body['warnings'])[0]?.['detail'])).toMatch(
      /^sip:mute@contoso.com \(without Enterprise Voice on the list of .*\) takes no calls/,
    );
    // Only who is added is told of.
    expect(await service.when(edit([mute, pair.agentOfPrimary]))).toMatchObject(quiet);
    await service.given(edit([pair.agentOfPrimary]));
    expect(await service.when(edit([pair.agentOfPrimary, mute]))).toMatchObject(warned);
    expect(await service.when(signIn(mute, pair.primary, 'desk'))).toMatchObject(warned);
    await service.given(callArrives('1', pair.primary, pair.regular));
    expect(await service.when(callConnects('1', mute))).toMatchObject(warned);
    expect(await service.when(callOnBehalf(mute, pair.primary, pair.regular))).toMatchObject(warned);
    // The console says so too, beside what holds of the pools.
    const asOf = expect.stringMatching(/Z$/) as unknown;
    expect(await service.shown(`/v1/agents/${mute}/console`)).toMatchObject({
      reachable: { reachability: 'reachable' },
      onList: {
        listed: true,
        enabled: true,
        enterpriseVoice: false,
        asOf: { listed: asOf, enabled: asOf, enterpriseVoice: asOf },
      },
    });
    await send(rows('True'));
    await service.given(callArrives('2', pair.primary, pair.regular));
    expect(await service.when(callConnects('2', mute))).toMatchObject(quiet);
  });
});
