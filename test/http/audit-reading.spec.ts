import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { agentStream, pairStream } from '../../events/streams.js';
import { StoreUnavailableError, type EventStore } from '../../src/store/port.js';
import { recordExport, registerAgent, signIn } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { documentedFetch } from './support/documented.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let service: Service;
let pair: Pair;
let store: EventStore;
let at: URL;
let stream: string;
const trail = () => `/v1/pools/${pair.primary}/audit-trail`;

beforeAll(async () => {
  service = await Service.start();
  ({ store } = service.poolkeeper);
  at = await service.listen();
  pair = await Pair.registered(service);
  stream = pairStream(service.poolkeeper.runner.state.pairIdOfPool.get(pair.primary) ?? '');
});
afterAll(() => service.stop());

/** Until the work is done, the log is read as `readAll` gives it. */
async function reading(readAll: EventStore['readAll'], work: () => Promise<void>): Promise<void> {
  const usual = store.readAll;
  store.readAll = readAll;
  try {
    await work();
  } finally {
    store.readAll = usual;
  }
}

describe('What an export brought with it', () => {
  it('is among what the export caused, and names it as its cause', async () => {
    const { body } = await service.when(recordExport(pair.primary));
    const exported = (await store.readStream(stream)).at(-1);
    const [exportEvent, ...removals] = [randomUUID(), randomUUID(), randomUUID()];
    const commandId = randomUUID();
    const enveloped = (id: string, causationId: string) => ({
      id,
      schemaVersion: 1,
      metadata: { ...exported?.metadata, commandId, causationId },
    });
    await store.append(
      stream,
      [
        {
          ...enveloped(exportEvent, commandId),
          type: 'ResponseGroupsExported',
          data: { ...exported?.data, exportId: randomUUID() },
        },
        ...[pair.regular, pair.anonymous].map((id, index) => ({
          ...enveloped(removals[index] ?? '', exportEvent),
          type: 'ObjectRemoved',
          data: { pool: pair.primary, kind: 'workflow', id, tool: 'managementShell' },
        })),
      ],
      'any',
    );
    const all = entries((await service.shown(`${trail()}?limit=1000`))['entries']);
    const [reported, brought, ...caused] = all.slice(-4);
    expect(reported).toMatchObject({ data: { exportId: body['exportId'] }, causedBy: null, causes: [] });
    expect(brought).toMatchObject({ id: exportEvent, causedBy: null, causes: removals });
    expect(caused).toMatchObject(removals.map((id) => ({ id, causedBy: exportEvent, causes: [] })));
    const { entries: exports } = await service.shown(`${trail()}?type=ResponseGroupsExported`);
    expect(exports).toEqual([reported, brought]);
    const before = await service.shown(`${trail()}?asOf=${textOf(brought?.['position'])}`);
    expect(entries(before['entries']).at(-1)).toMatchObject({ id: exportEvent, causes: [] });
  });
});

describe('A pool with very many agents', () => {
  it('has all of them in its trail, and nobody else', async () => {
    const [here, elsewhere] = [await Pair.registered(service), await Pair.registered(service)];
    const agents = Array.from({ length: 501 }, (_, n) => `sip:agent-${n}@${here.primary}`);
    await service.given(...agents.map((agent) => registerAgent(agent, here.primary)));
    await service.given(signIn(elsewhere.agentOfPrimary, elsewhere.primary, elsewhere.ownGroup));
    const url = `/v1/pools/${here.primary}/audit-trail?type=`;
    const registered = entries((await service.shown(`${url}AgentRegistered&limit=1000`))['entries']);
    expect(registered.map(({ stream }) => stream)).toEqual(
      [here.agentOfPrimary, here.agentOfBackup, ...agents].map(agentStream),
    );
    expect(await service.shown(`${url}AgentSignedIn`)).toMatchObject({ entries: [] });
  });
});

describe('An export of the trail', () => {
  it('is read no further than its client reads', async () => {
    const total = 20_000;
    const events = await store.readStream(stream);
    let pages = 0;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const long: EventStore['readAll'] = async function* () {
      try {
        for (; pages < total; pages += 1) yield events;
      } finally {
        resolve();
      }
    };
    await reading(long, async () => {
      const response = await documentedFetch(new URL(`${trail()}?format=ndjson`, at));
      const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
      expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
      await reader?.cancel();
      await ended;
    });
    expect(pages).toBeLessThan(total);
  });

  it('that breaks off is no whole answer', async () => {
    const usual = store.readAll;
    const broken: EventStore['readAll'] = async function* (range) {
      yield* usual.call(store, range);
      throw new StoreUnavailableError('the line is cut');
    };
    await reading(broken, async () => {
      const response = await documentedFetch(new URL(`${trail()}?format=csv`, at));
      await expect(response.text()).rejects.toThrow();
    });
  });

  it('that cannot begin is a problem document', async () => {
    const away: EventStore['readAll'] = () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.reject(new StoreUnavailableError('the line is cut')),
      }),
    });
    await reading(away, async () => {
      const response = await documentedFetch(new URL(`${trail()}?format=ndjson`, at));
      expect(response.status).toBe(503);
      expect(response.headers.get('content-type')).toMatch('application/problem+json');
      expect(response.headers.get('retry-after')).toMatch(/^[1-9]/);
    });
  });
});
