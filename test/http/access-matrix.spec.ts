/** Every operation of the table, asked by every kind of client: generated from the table and the documentation. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeKeys } from '../../src/access/keys/key-file.js';
import { KeyAuthenticator } from '../../src/access/keys/key-authenticator.js';
import { KeyRing } from '../../src/access/keys/key-ring.js';
import { digestOf, newKey, type KeyEntry } from '../../src/access/keys/key.js';
import { permissions, type Permission, type Permitted } from '../../src/access/permissions.js';
import { mayDoAs, roles } from '../../src/access/roles.js';
import { pairIdOf } from '../../src/domain/pair-id.js';
import { textOf } from '../../examples/generator/text-of.js';
import { entries } from './support/pair.js';
import { Service, type Headers, type Request } from './support/service.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';

interface Documented {
  readonly operationId: string;
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly examples?: Readonly<Record<string, { readonly value: object }>> }>
    >;
  };
}
const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
};

const named: Readonly<Record<string, string>> = {
  '{fqdn}': a,
  '{sip}': 'sip:kim@contoso.com',
  '{id}': 'call-1',
  '{name}': 'call-status',
  '{fileName}': 'a.zip',
};
const incident = `${pairIdOf([a, b])}-1`;

/** Requests as the documentation shows them. A live stream has no end: of it only the head is asked for. */
const requests = new Map<Permitted, Request>(
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, requestBody }]): [Permitted, Request] => {
      const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      const [example] = Object.values(content?.examples ?? {});
      const request: Request = {
        method: operationId.endsWith('live') ? 'HEAD' : (method.toUpperCase() as Request['method']),
        url: path.replaceAll(/\{\w+\}/g, (parameter) =>
          encodeURIComponent(path.startsWith('/v1/incidents/') ? incident : (named[parameter] ?? '')),
        ),
        ...(type === undefined
          ? {}
          : {
              headers: { 'content-type': type },
              payload: JSON.stringify(example?.value ?? { reason: 'tried' }),
            }),
      };
      return [operationId as Permitted, request];
    }),
  ),
);
requests.set('unknown-command', { method: 'POST', url: '/v1/commands/no-such-command' });

const table = Object.entries(permissions) as readonly (readonly [Permitted, Permission])[];

let folder: string;
let ring: KeyRing;
let service: Service;
/** Of pool a. */
let lastEvent = '';
const keys = new Map<string, string>();
const credentials = (who: string): Headers => {
  const key = keys.get(who);
  return key === undefined ? {} : { authorization: `Bearer ${key}` };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-matrix-'));
  const file = join(folder, 'api-keys');
  const line = (id: string, more: Partial<KeyEntry> = {}): KeyEntry => {
    const key = newKey(id);
    keys.set(id, key);
    return { id, sha256: digestOf(key).toString('hex'), role: 'administrator', actor: id, ...more };
  };
  const past = '2026-01-01T00:00:00Z';
  await changeKeys(file, () => [
    ...roles.map((role) => line(role, { role })),
    line('expired', { expires: past }),
    line('revoked', { revoked: past }),
    line('only-a', { pools: [a] }),
    line('only-b', { pools: [b] }),
    line('both', { pools: [a, b] }),
  ]);
  keys.set('wrong', `${keys.get('administrator')}x`);
  keys.set('unknown', newKey('nobody'));
  ring = new KeyRing(file);
  service = await Service.start({
    usually: 'memory',
    // It tries more wrong keys than a client may.
    access: { authenticators: [new KeyAuthenticator(ring)], limits: { RATE_LIMIT: 0 } },
  });
  const given = async (name: string, body: object): Promise<void> => {
    const {
      status,
      text,
      body: answer,
    } = await asked('administrator', {
      method: 'POST',
      url: `/v1/commands/${name}`,
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(body),
    });
    if (status !== 200) throw new Error(text);
    lastEvent = textOf(entries(answer['events']).at(-1)?.['id']);
  };
  await given('register-pair', {
    pools: [
      { fqdn: a, site: 'Berlin' },
      { fqdn: b, site: 'Hamburg' },
    ],
  });
  await given('register-agent', { agent: 'sip:kim@contoso.com', homePool: a });
  const workflow = {
    kind: 'workflow',
    id: 'desk',
    name: 'Desk',
    properties: { primaryUri: 'sip:desk@contoso.com' },
    tool: 'managementShell',
  };
  await given('create-object', { pool: a, ...workflow });
  await given('report-call-arrived', { callId: 'call-1', pool: a, responseGroup: 'desk' });
  await given('declare-outage', { pool: a });
  await given('end-outage', { pool: a });
  await service.caughtUp();
});
afterAll(async () => {
  ring.close();
  await service.stop();
  rmSync(folder, { recursive: true });
});

const asked = async (who: string, request: Request) =>
  await service.send({ ...request, headers: { ...request.headers, ...credentials(who) } });

const requestFor = (operation: Permitted): Request => {
  const request = requests.get(operation);
  if (request === undefined) throw new Error(`${operation} is not documented.`);
  return typeof request.payload === 'string' && permissions[operation].scope.of === 'event-in-body'
    ? { ...request, payload: JSON.stringify({ ...Object(JSON.parse(request.payload)), eventId: lastEvent }) }
    : request;
};

describe('Every operation of the table', () => {
  it('is documented with the role that it needs, and the other way round', () => {
    expect([...requests.keys()].sort()).toEqual(table.map(([operation]) => operation).sort());
  });

  it.each(table)(
    '%s lets nobody in without a key that holds, but for health and the way to sign in',
    async (operation, { role }) => {
      for (const who of ['none', 'wrong', 'unknown', 'expired', 'revoked']) {
        const { status, body, headers } = await asked(who, requestFor(operation));
        // Where no identity provider is set, there is nothing to sign in to.
        if (role === null) expect([who, status]).toEqual([who, /^sign-/.test(operation) ? 501 : 200]);
        else {
          expect([who, status, headers['www-authenticate']]).toEqual([who, 401, 'Bearer']);
          if (operation.endsWith('live')) continue;
          expect([body['type'], body['required']]).toEqual([
            'urn:poolkeeper:problem:unauthenticated',
            { role },
          ]);
        }
      }
    },
  );

  it.each(table)('%s lets in whoever has the role, and nobody else', async (operation, { role }) => {
    for (const who of roles) {
      const { status, body } = await asked(who, requestFor(operation));
      if (role === null || mayDoAs(who, role))
        expect([who, status === 401 || status === 403]).toEqual([who, false]);
      else {
        expect([who, status]).toEqual([who, 403]);
        if (operation.endsWith('live')) continue;
        expect([body['type'], body['required']]).toEqual(['urn:poolkeeper:problem:forbidden', { role }]);
      }
    }
  });

  it.each(table)('%s keeps to the pools of a key', async (operation, { scope }) => {
    const allowed: Readonly<Record<string, readonly string[]>> = {
      'no-pool': ['only-a', 'only-b', 'both'],
      filtered: ['only-a', 'only-b', 'both'],
      everything: [],
      'pair-in-body': ['both'],
    };
    // What the examples name.
    const ofExample: Readonly<Record<string, readonly string[]>> = {
      'register-pair': ['both'],
      'import-response-groups': ['only-b', 'both'],
      'move-agent': ['only-b', 'both'],
      // A third pool, which no key of these is for.
      'replace-pool': [],
      'complete-replacement': [],
    };
    const mayAsk = ofExample[operation] ?? allowed[scope.of] ?? ['only-a', 'both'];
    for (const who of ['only-a', 'only-b', 'both']) {
      const { status, body } = await asked(who, requestFor(operation));
      expect([who, status === 403]).toEqual([who, !mayAsk.includes(who)]);
      if (status === 403 && !operation.endsWith('live')) expect(body).toHaveProperty('required.role');
    }
  });
});

describe('A key for one pool', () => {
  it('sees that pool in lists, and of an agent what concerns it', async () => {
    const pools = await asked('only-b', { method: 'GET', url: '/v1/pools' });
    expect(pools.body['pools']).toEqual([expect.objectContaining({ fqdn: b })]);
    const all = await asked('administrator', { method: 'GET', url: '/v1/pools' });
    expect(all.body['pools']).toHaveLength(2);
    expect(all.headers['etag']).not.toBe(pools.headers['etag']);
  });

  it('cannot tell a call or an agent of another pool from one that does not exist', async () => {
    const of = async (url: string, name: string): Promise<unknown> => {
      const { status, body } = await asked('only-b', {
        method: 'GET',
        url: url.replace('*', encodeURIComponent(name)),
      });
      return [status, JSON.stringify(body['detail']).replace(name, '*')];
    };
    expect(await of('/v1/calls/*', 'call-1')).toEqual(await of('/v1/calls/*', 'call-2'));
    expect(await of('/v1/agents/*/console', 'sip:kim@contoso.com')).toEqual(
      await of('/v1/agents/*/console', 'sip:lee@contoso.com'),
    );
  });

  it.each(['register-agent', 'move-agent'])('takes no agent away from another pool with %s', async (name) => {
    const { status } = await asked('only-b', {
      method: 'POST',
      url: `/v1/commands/${name}`,
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ agent: 'SIP:Kim@contoso.com', homePool: b }),
    });
    expect(status).toBe(403);
  });
});

describe('Session', () => {
  it('says who asks and what they may do', async () => {
    const { body } = await asked('only-a', { method: 'GET', url: '/v1/session' });
    expect(body).toMatchObject({ actor: 'only-a', role: 'administrator', pools: [a], provedBy: 'key' });
    expect(body['mayDo']).toEqual(expect.arrayContaining(['declare-outage', 'pool']));
    expect(body['mayDo']).not.toContain('backup');
  });
});
