/** Why a tool shows an object or not, over HTTP: on the store of the run. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { as, believing } from './support/believing.js';
import {
  ask,
  createAgentGroup,
  createWorkflow,
  declareOutage,
  registerAgent,
  registerPair,
  reportDatabase,
} from './support/commands.js';
import { Service, type Ask } from './support/service.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const [c, d] = ['pool-c.contoso.com', 'pool-d.contoso.com'];
const ann = 'sip:ann@contoso.com';
const carl = 'sip:carl@contoso.com';

let service: Service;
beforeAll(async () => {
  service = await Service.start({ access: { authenticators: [believing] } });
  await given(
    registerPair(a, b),
    registerPair(c, d),
    registerAgent(ann, a),
    registerAgent(carl, c),
    createWorkflow(a, 'help'),
    createAgentGroup(a, 'desk', [ann]),
    createAgentGroup(b, 'desk-of-b', [ann]),
    ask('modify-object', {
      pool: b,
      kind: 'agent-group',
      id: 'desk-of-b',
      name: 'Agents of desk',
      tool: 'controlPanel',
    }),
    declareOutage(a, { backEndDatabase: 'available', occurredAt: '2026-01-02T03:04:05.678Z' }),
    reportDatabase(a, 'unavailable'),
  );
});
afterAll(() => service.stop());

async function given(...commands: readonly Ask[]): Promise<void> {
  for (const command of commands) {
    const { status, text } = await service.when(command, as('administrator'));
    if (status !== 200) throw new Error(text);
  }
  await service.caughtUp();
}

const why = (query: Readonly<Record<string, string>>, who = 'viewer') =>
  service.get(`/v1/pools/${a}/why?${new URLSearchParams(query).toString()}`, as(who));

describe('Why', () => {
  it('answers with the sentence, its reasons, since when and until when', async () => {
    const { status, headers, body } = await why({ object: 'help@contoso.com', tool: 'controlPanel' });
    expect(status).toBe(200);
    expect(headers['etag']).toBeDefined();
    expect(body).toMatchObject({
      fqdn: a,
      stage: 'outage',
      object: { id: 'help', kind: 'workflow', owner: a },
      visible: false,
      because: ['outage/configuration/1'],
      basis: 'stated',
      until: [`end-outage ${a}`],
      copies: [{ parent: a, ownership: 'primary', visible: false }],
    });
  });

  it('answers for a moment of the past, before the database was down and before the pair was there', async () => {
    const { body: now } = await why({ object: 'help', tool: 'controlPanel' });
    const before = String(Number(now['position']) - 1);
    expect((await why({ object: 'help', tool: 'controlPanel', asOf: before })).body).toMatchObject({
      visible: true,
      modifiable: false,
      since: '2026-01-02T03:04:05.678Z',
      position: before,
    });
    expect((await why({ object: 'help', tool: 'controlPanel', asOf: '0' })).body).toMatchObject({
      stage: null,
    });
  });

  it('knows the time of a creation that the facts do not keep', async () => {
    await given(
      ask('modify-object', {
        pool: b,
        kind: 'agent-group',
        id: 'desk-of-b',
        name: 'Other',
        tool: 'controlPanel',
      }),
    );
    const { body } = await why({ object: 'desk-of-b', tool: 'managementShell' });
    expect(body).toMatchObject({ visible: true, since: expect.stringMatching(/^20.*Z$/) });
    await given(
      ask('modify-object', {
        pool: b,
        kind: 'agent-group',
        id: 'desk-of-b',
        name: 'Agents of desk',
        tool: 'controlPanel',
      }),
    );
  });

  it('answers what it cannot with a problem that names a way on', async () => {
    expect((await why({ object: 'Agents of desk', tool: 'controlPanel' })).body).toMatchObject({
      type: 'urn:poolkeeper:problem:ambiguous',
      status: 400,
      candidates: [
        { id: 'desk', kind: 'agent-group', owner: a },
        { id: 'desk-of-b', kind: 'agent-group', owner: b },
      ],
    });
    const typed = await why({ object: 'Callers of hlep', tool: 'controlPanel' });
    expect([typed.status, typed.body['detail']]).toEqual([
      404,
      expect.stringContaining('did you mean Callers of help'),
    ]);
    const wrongKind = await why({ object: 'help', tool: 'agentConsole' });
    expect([wrongKind.status, wrongKind.body['detail']]).toEqual([
      400,
      expect.stringContaining('agent groups only'),
    ]);
    const noTool = await why({ object: 'help' });
    expect([noTool.status, noTool.body['errors']]).toEqual([
      400,
      [expect.objectContaining({ pointer: '/tool' })],
    ]);
  });

  it('knows agents, but to a scoped key none of other pools', async () => {
    const asked = { object: 'desk', tool: 'agentConsole' };
    expect((await why({ ...asked, agent: 'ann@contoso.com' })).body).toMatchObject({
      agent: ann,
      signIn: false,
      signedIn: false,
    });
    expect((await why({ ...asked, agent: carl })).body).toMatchObject({
      visible: false,
      because: ['not-a-member'],
    });
    const scoped = `viewer of ${a},${b}`;
    const stranger = await why({ ...asked, agent: carl }, scoped);
    const nobody = await why({ ...asked, agent: 'sip:cral@contoso.com' }, scoped);
    expect([stranger.status, nobody.status]).toEqual([404, 404]);
    expect(stranger.body['detail']).toBe(`No agent "${carl}" has been registered (did you mean ${ann}?).`);
    expect(nobody.body['detail']).toContain(`(did you mean ${ann}?)`);
    expect((await why({ object: 'help', tool: 'controlPanel' }, `viewer of ${c}`)).status).toBe(403);
  });
});
