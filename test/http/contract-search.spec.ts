/** Search over everything, and single events: on the store of the run. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { as, believing } from './support/believing.js';
import {
  callArrives,
  callEnds,
  createAgentGroup,
  createWorkflow,
  declareOutage,
  recordExport,
  registerAgent,
  registerPair,
} from './support/commands.js';
import { entries } from './support/pair.js';
import { Service, type Ask } from './support/service.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const [c, d] = ['pool-c.contoso.com', 'pool-d.contoso.com'];
const ann = 'sip:ann@contoso.com';

let service: Service;
beforeAll(async () => {
  service = await Service.start({ access: { authenticators: [believing] } });
  const workflow = createWorkflow(a, 'help');
  await given(
    registerPair(a, b),
    registerPair(c, d),
    registerAgent(ann, a),
    registerAgent('sip:carl@contoso.com', c),
    {
      ...workflow,
      body: { ...workflow.body, properties: { primaryUri: 'sip:help@contoso.com', lineUri: 'tel:+4930777' } },
    },
    createAgentGroup(c, 'helpers', ['sip:carl@contoso.com']),
    {
      name: 'report-call-arrived',
      body: { callId: 'call-1', pool: a, responseGroup: 'help', caller: '+49 40 1234' },
    },
    callArrives('call-2', a, 'help'),
    callEnds('call-2'),
    recordExport(a),
    declareOutage(a, { reason: 'Power' }),
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

async function found(q: string, who = 'viewer', more = ''): Promise<readonly JsonObject[]> {
  const { status, text, body } = await service.get(`/v1/search?q=${encodeURIComponent(q)}${more}`, as(who));
  if (status !== 200) throw new Error(text);
  return entries(body['hits']);
}

const trailOf = async (pool: string, query = ''): Promise<readonly JsonObject[]> =>
  entries((await service.get(`/v1/pools/${pool}/audit-trail${query}`, as('administrator'))).body['entries']);

const idOf = (entry: JsonObject | undefined): string => textOf(entry?.['id']);

describe('A search', () => {
  it('finds each kind of thing by what people call it', async () => {
    const cases: readonly (readonly [q: string, hit: JsonObject])[] = [
      ['POOL-C', { kind: 'pool', id: c, pool: c }],
      [
        'callers of help',
        { kind: 'object', objectKind: 'workflow', id: 'help', name: 'Callers of help', pool: a },
      ],
      ['+49 (30) 777', { kind: 'object', id: 'help' }],
      ['030 777', { kind: 'object', id: 'help' }],
      ['0049 30-777', { kind: 'object', id: 'help' }],
      ['30 777', { kind: 'object', id: 'help' }],
      ['Help, of callers', { kind: 'object', id: 'help' }],
      ['helpers agent group', { kind: 'object', id: 'helpers' }],
      ['contoso Ann', { kind: 'agent', id: ann }],
      ['040 1234', { kind: 'call', id: 'call-1' }],
      ['Help@Contoso.com', { kind: 'object', id: 'help' }],
      ['ann@contoso.com', { kind: 'agent', id: ann, pool: a }],
      ['call-1', { kind: 'call', id: 'call-1', pool: a, name: '+49 40 1234' }],
      ['+49401234', { kind: 'call', id: 'call-1' }],
      ['call-2', { kind: 'call', id: 'call-2', pool: a }],
      ['outage/new-calls/1', { kind: 'statement', id: 'outage/new-calls/1', pool: null }],
      [
        'anonymous answered cut off',
        { kind: 'statement', name: 'An anonymous call that an agent has answered is cut off.' },
      ],
    ];
    for (const [q, hit] of cases)
      expect({ q, hit: (await found(q))[0] }).toEqual({ q, hit: expect.objectContaining(hit) });
  });

  it('finds events by id, also what is derived, and by position', async () => {
    const trail = await trailOf(a);
    const outage = trail.find(({ type }) => type === 'OutageDeclared');
    const cutOff = trail.find(({ type }) => type === 'CallsCutOff');
    for (const entry of [outage, cutOff]) {
      const [hit] = await found(idOf(entry).toUpperCase());
      expect(hit).toMatchObject({ kind: 'event', id: idOf(entry), name: entry?.['summary'], pool: a });
    }
    const [first] = await found(textOf(outage?.['position']));
    expect(first).toMatchObject({ kind: 'event', id: idOf(outage) });
  });

  it('gives no more than is wanted, and says so', async () => {
    const { body } = await service.get('/v1/search?q=contoso&limit=2', as('viewer'));
    expect([entries(body['hits']).length, body['more']]).toEqual([2, true]);
    expect(await found('nothing is called so')).toEqual([]);
    expect(await found('030 778')).toEqual([]);
    expect(await found('Ann, nobody')).toEqual([]);
  });

  it('finds for a scoped key what is of its pools only', async () => {
    const scoped = `viewer of ${c}`;
    const kinds = (hits: readonly JsonObject[]) =>
      hits.map(({ kind, id }) => `${textOf(kind)} ${textOf(id)}`);
    expect(kinds(await found('contoso', scoped))).toEqual([`pool ${c}`, 'agent sip:carl@contoso.com']);
    for (const q of ['help@contoso.com', 'call-1', 'call-2', idOf((await trailOf(a))[0]), 'ann@contoso.com'])
      expect({ q, hits: await found(q, scoped) }).toEqual({ q, hits: [] });
    expect(kinds(await found('help', scoped))).toEqual(['object helpers']);
  });

  it('refuses what it cannot look for', async () => {
    for (const [query, pointer] of [
      ['', '/q'],
      ['?q=%20', '/q'],
      [`?q=${'x'.repeat(129)}`, '/q'],
      ['?q=a&limit=0', '/limit'],
    ] as const) {
      const { status, body } = await service.get(`/v1/search${query}`, as('viewer'));
      expect([status, body['errors']]).toEqual([400, [expect.objectContaining({ pointer })]]);
    }
  });
});

describe('An event', () => {
  it('is shown as the audit trail shows it, with its cause and its effects', async () => {
    const trail = await trailOf(a);
    const outage = trail.find(({ type }) => type === 'OutageDeclared');
    const cutOff = trail.find(({ type }) => type === 'CallsCutOff');
    const answer = (await service.get(`/v1/events/${idOf(outage)}`, as('viewer'))).body;
    expect(answer).toMatchObject({ entry: outage ?? {}, cause: null, causes: [cutOff ?? {}], pools: [a, b] });
    const derived = encodeURIComponent(idOf(cutOff));
    expect((await service.get(`/v1/events/${derived}`, as('viewer'))).body).toMatchObject({
      entry: cutOff ?? {},
      cause: outage ?? {},
      causes: [],
    });
    const near = await service.get(
      `/v1/events/${idOf(outage)}?position=${textOf(outage?.['position'])}`,
      as('viewer'),
    );
    expect(near.body['entry']).toEqual(answer['entry']);
  });

  it('is unknown where it is in no trail in reach, whether there is one or not', async () => {
    const id = idOf((await trailOf(a))[0]);
    expect((await service.get(`/v1/events/${id}`, as(`viewer of ${b}`))).status).toBe(200);
    const hidden = await service.get(`/v1/events/${id}`, as(`viewer of ${c}`));
    const missing = await service.get(
      '/v1/events/00000000-0000-4000-8000-000000000000',
      as(`viewer of ${c}`),
    );
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    expect(textOf(hidden.body['detail']).replace(id, '')).toBe(
      textOf(missing.body['detail']).replace('00000000-0000-4000-8000-000000000000', ''),
    );
    expect((await service.get('/v1/events/no-id', as('viewer'))).status).toBe(400);
  });
});
