import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../events/envelope.js';
import { ask, callArrives, createAgentGroup, createWorkflow, registerPair } from './support/commands.js';
import { describedCommands, type DescribedCommand, type FieldSchema } from './support/openapi.js';
import { entries, Pair } from './support/pair.js';
import { Service, type Answer } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let service: Service;
let commands: readonly DescribedCommand[];
let position: bigint | null;
beforeAll(async () => {
  service = await Service.start({ usually: 'sqlite' });
  await service.given(registerPair('pool-a.contoso.com', 'pool-b.contoso.com'));
  commands = await describedCommands(service);
  position = await service.poolkeeper.store.lastPosition();
});
afterEach(async () => {
  expect(await service.poolkeeper.store.lastPosition()).toBe(position);
});
afterAll(() => service.stop());

/** A 4xx problem document that points at the field or names the rule. */
function objectsTo(answer: Answer, field: string, what: unknown): void {
  const told = { what, status: answer.status, body: answer.body };
  expect(told).toMatchObject({ status: 400, body: { type: 'urn:poolkeeper:problem:invalid', status: 400 } });
  expect(answer.headers['content-type']).toMatch('application/problem+json');
  const pointers = entries(answer.body['errors']).map(({ pointer }) => textOf(pointer));
  expect({ what, pointers }).toEqual({ what, pointers: expect.arrayContaining([field]) });
}

const texts: readonly JsonValue[] = [7, 1.5, true, false, [], ['pool-a.contoso.com'], {}, { length: 3 }, ''];
const wrongText = ['\ud800', 'half \udfff pair', 'nul\0', 'bell\u0007', '   ', '\n', 'x'.repeat(5_000)];

function wrongValues(schema: FieldSchema): readonly JsonValue[] {
  if (schema.type === 'boolean') return ['true', 0, 1, [], {}, 'yes'];
  if (schema.type === 'array')
    return ['pools', {}, 7, [], [{}], [null, null], [[], []], ['a.b', 'c.d'], [1, 2]];
  if (schema.type === 'object') return ['x', 7, true, [], [{}]];
  const wrong = [...texts, ...wrongText];
  // A length of time may be a number of milliseconds.
  const isNumber = schema.oneOf?.some(({ type }) => type === 'integer') === true;
  return isNumber ? wrong.filter((value) => value !== 7) : wrong;
}

describe('A command', () => {
  it('of any kind objects to a value of the wrong type in any field', async () => {
    for (const { name, example, schema } of commands) {
      for (const [field, described] of Object.entries(schema.properties)) {
        const wrong = [...wrongValues(described), ...(schema.required?.includes(field) ? [null] : [])];
        for (const value of wrong) {
          const answer = await service.when(ask(name, { ...example, [field]: value }));
          const [first] = entries(answer.body['errors']);
          const pointer = textOf(first?.['pointer']);
          const within = pointer.startsWith(`/${field}/`) ? pointer : `/${field}`;
          objectsTo(answer, within, { name, field, value });
        }
      }
    }
  });

  it('of any kind objects to each missing field', async () => {
    for (const { name, example, schema } of commands) {
      for (const field of schema.required ?? []) {
        const rest = Object.entries(example).filter(([other]) => other !== field);
        objectsTo(await service.when(ask(name, Object.fromEntries(rest))), `/${field}`, {
          name,
          missing: field,
        });
      }
      const empty = await service.when(ask(name, {}));
      expect(
        entries(empty.body['errors'])
          .map(({ pointer }) => pointer)
          .sort(),
      ).toEqual((schema.required ?? []).map((field) => `/${field}`).sort());
    }
  });

  it('of any kind objects to a field that it does not know, and says which it knows', async () => {
    for (const { name, example, schema } of commands) {
      for (const field of ['colour', 'Pool', 'constructor', 'toString', 'then', '~/x', '']) {
        const answer = await service.when(ask(name, { ...example, [field]: 'red' }));
        objectsTo(answer, `/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`, { name, field });
        const [known = ''] = Object.keys(schema.properties).slice(-1);
        if (!(field in {})) expect(answer.body['detail']).toMatch(known);
      }
    }
  });

  it('of any kind objects to pools, agents, calls and exports that nobody knows', async () => {
    const unknown: JsonObject = {
      pool: 'nowhere.contoso.com',
      failed: 'nowhere.contoso.com',
      homePool: 'nowhere.contoso.com',
      destination: 'nowhere.contoso.com',
      callId: 'never-heard-of',
      eventId: 'never-heard-of',
      site: 'Atlantis',
    };
    for (const { name, example, schema } of commands) {
      const fields = Object.keys(schema.properties).filter((field) => field in unknown);
      const changed = Object.fromEntries(fields.map((field) => [field, unknown[field]]));
      if (name === 'register-pair') continue;
      const answer = await service.when(ask(name, { ...example, ...changed }));
      expect({ name, status: answer.status }).toEqual({ name, status: 404 });
      expect(answer.headers['content-type']).toMatch('application/problem+json');
      const [error] = entries(answer.body['errors']);
      expect(fields.map((field) => `/${field}`)).toContain(error?.['pointer']);
    }
  });

  it('that happened in the future, or on no day of any calendar, did not happen', async () => {
    for (const { name, example } of commands) {
      for (const occurredAt of [
        new Date(Date.now() + 60_000).toISOString(),
        '9999-12-31T23:59:59Z',
        '2026-02-30T00:00:00Z',
        '2026-02-28T25:00:00Z',
        '2026-02-28T23:59:60Z',
        '2026-02-28T00:00:00',
        '2026-02-28 00:00:00Z',
        '2026-02-28',
        'yesterday',
      ]) {
        const answer = await service.when(ask(name, { ...example, occurredAt }));
        objectsTo(answer, '/occurredAt', { name, occurredAt });
      }
    }
  });

  it('objects to ids that would not stand in a stream name or a URL', async () => {
    for (const id of [
      'ünïcode',
      'a/b',
      '../x',
      'a b',
      '-a',
      '.a',
      'a\u202eb',
      'x'.repeat(300),
      'a%2Fb',
      '📞',
    ]) {
      const call = await service.when(callArrives(id, 'pool-a.contoso.com', 'help-desk'));
      objectsTo(call, '/callId', id);
      objectsTo(await service.when(createWorkflow('pool-a.contoso.com', id)), '/id', id);
      const group = await service.when(callArrives('fine', 'pool-a.contoso.com', id));
      objectsTo(group, '/responseGroup', id);
    }
  });

  it('objects to a pair of one pool, of two that are the same, and of three', async () => {
    const pools = (...fqdns: readonly string[]) =>
      ask('register-pair', { pools: fqdns.map((fqdn) => ({ fqdn })) });
    objectsTo(await service.when(pools('one.contoso.com')), '/pools', 'one pool');
    objectsTo(await service.when(pools('a.b.com', 'c.d.com', 'e.f.com')), '/pools', 'three pools');
    objectsTo(await service.when(pools('same.contoso.com', 'SAME.contoso.com')), '/pools/1/fqdn', 'the same');
    const nested = {
      pools: [
        { fqdn: 'a.b.com', colour: 'red' },
        { fqdn: 'x y', site: 7 },
      ],
    };
    const answer = await service.when(ask('register-pair', nested));
    for (const pointer of ['/pools/0/colour', '/pools/1/fqdn', '/pools/1/site']) {
      objectsTo(answer, pointer, nested);
    }
  });

  it('objects to properties that the kind does not have, or that are wrong, at the very place', async () => {
    const create = (kind: string, properties: JsonObject) =>
      service.when(
        ask('create-object', {
          pool: 'pool-a.contoso.com',
          kind,
          id: 'x',
          name: 'X',
          properties,
          tool: 'controlPanel',
        }),
      );
    objectsTo(await create('agent-group', { colour: 'red' }), '/properties/colour', 'unknown');
    objectsTo(await create('agent-group', { constructor: 'x' }), '/properties/constructor', 'constructor');
    objectsTo(await create('agent-group', { then: 'x' }), '/properties/then', 'then');
    objectsTo(await create('agent-group', { agentAlertTime: 5 }), '/properties/agentAlertTime', 'too short');
    objectsTo(await create('agent-group', { agentsByUri: ['kim'] }), '/properties/agentsByUri/0', 'no SIP');
    objectsTo(await create('workflow', {}), '/properties/primaryUri', 'missing');
    const action = { primaryUri: 'sip:x@y.z', defaultAction: { action: 'TransferToMars' } };
    objectsTo(await create('workflow', action), '/properties/defaultAction/action', 'unknown action');
  });
});

describe('An id that is taken', () => {
  afterAll(async () => {
    position = await service.poolkeeper.store.lastPosition();
  });

  it('is refused by rule for objects and for calls, also across pairs and when both come at once', async () => {
    const [one, other] = [await Pair.registered(service), await Pair.registered(service)];
    await service.given(callArrives('taken', one.primary, one.regular));
    const sameCall = await service.when(callArrives('taken', other.primary, other.regular));
    expect(sameCall).toMatchObject({ status: 409, body: { rule: 'call-id-in-use' } });
    const otherGroup = await service.when(callArrives('taken', one.primary, one.anonymous));
    expect(otherGroup).toMatchObject({ status: 409, body: { rule: 'call-id-in-use' } });
    const sameId = await service.when(createAgentGroup(one.primary, one.ownGroup, []));
    expect(sameId).toMatchObject({ status: 409, body: { rule: 'id-in-use' } });
    const atOnce = await Promise.all([
      service.when(callArrives('both', one.primary, one.regular)),
      service.when(callArrives('both', other.primary, other.regular)),
    ]);
    expect(atOnce.map(({ status }) => status).sort()).toEqual([200, 409]);
    position = await service.poolkeeper.store.lastPosition();
  });
});
