import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { beforeAll, expect, test } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { callStream } from '../../events/streams.js';
import type { EventToAppend, LogRange, StoredEvent } from '../../src/store/port.js';
import { Failed } from '../../src/runtime/result.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { Pair } from './support/pair.js';
import { mustBeDocumented } from './support/documented.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

const many = 20_000;
let service: Service;
let url: URL;
let pair: Pair;
let from: string;
let pagesRead = 0;

beforeAll(async () => {
  const store = openMemoryStore({ clock: () => new Date() });
  const readAll = store.readAll.bind(store);
  store.readAll = async function* (range?: LogRange): AsyncGenerator<readonly StoredEvent[]> {
    for await (const page of readAll(range)) {
      pagesRead += 1;
      yield page;
    }
  };
  service = await Service.start({ store });
  url = await service.listen();
  pair = await Pair.registered(service);
  const { id } = await pair.newCall();
  from = String(await store.lastPosition());
  const { pairId } = await service.shown(`/v1/pools/${pair.primary}`);
  const transfers = Array.from({ length: many }, () => transfer(id, pair.agentOfBackup));
  await store.append(callStream(textOf(pairId), id), transfers, 'stream-exists');
});

/** A call that is connected once more. */
function transfer(callId: string, agent: string): EventToAppend {
  const [correlationId, causationId, commandId] = ['correlation', 'command', 'command'];
  const occurredAt = '2026-11-24T03:00:00.000Z';
  const metadata = { actor: 'switchboard', correlationId, causationId, commandId, occurredAt };
  return { id: randomUUID(), type: 'CallConnected', schemaVersion: 1, data: { callId, agent }, metadata };
}

async function replay(of: URL, fqdn: string): Promise<IncomingMessage> {
  const path = `/v1/pools/${fqdn}/replay`;
  const request = get(new URL(`${path}?from=${from}`, of), { agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const { statusCode: status = 0, headers } = response;
  mustBeDocumented({ method: 'GET', url: path, status, headers, text: null });
  response.on('error', () => undefined);
  return response;
}

test('a replay goes on past many pages of the log', async () => {
  const response = await replay(url, pair.primary);
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  const steps = text.trimEnd().split('\n');
  expect(steps).toHaveLength(many);
  expect(JSON.parse(steps.at(-1) ?? '') as JsonObject).toMatchObject({
    calls: { inProgress: 0, connected: 1 },
  });
});

test('a replay reads the log only as its steps are taken', async () => {
  const span = { from: { kind: 'position', position: BigInt(from) }, to: null, minPosition: null } as const;
  const result = await service.poolkeeper.ranges.replay(pair.primary, span);
  if (result instanceof Failed) throw new Error('It was to be replayed.');
  const pages = result.value[Symbol.asyncIterator]();
  const before = pagesRead;
  await pages.next();
  await pages.next();
  // A page takes one step or more, as it leaves the loop to others.
  expect(pagesRead - before).toBeGreaterThan(0);
  expect(pagesRead - before).toBeLessThanOrEqual(2);
  await pages.return?.();
});

test('a replay whose client does not read does not keep the service from stopping', async () => {
  const response = await replay(url, pair.primary);
  const closed = new Promise((resolve) => response.once('close', resolve));
  await service.stop();
  response.resume();
  await closed;
});
