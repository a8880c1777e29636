import { createConnection, type Socket } from 'node:net';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { EventStreamEncoder } from '../../src/api/queries/live/event-stream.js';
import type { LiveMessage } from '../../src/runtime/queries/live/message.js';
import { StoppedTime } from '../attack/support/stopped-time.js';
import { ask } from './support/commands.js';
import { Listening } from './support/listening.js';
import { Pair } from './support/pair.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let encoded: LiveMessage[];
let padding: number;
let time: StoppedTime;
let service: Service;
let url: URL;
let pair: Pair;
let path: string;
beforeEach(async () => {
  encoded = [];
  padding = 0;
  time = new StoppedTime();
  const encoder = new EventStreamEncoder();
  const encode = encoder.encode.bind(encoder);
  jest.spyOn(EventStreamEncoder.prototype, 'encode').mockImplementation((message) => {
    encoded.push(message);
    return Buffer.concat([Buffer.from(`:${'.'.repeat(padding)}\n\n`), encode(message)]);
  });
  service = await Service.start({ live: { schedule: time.schedule } });
  url = await service.listen();
  pair = await Pair.withImport(service);
  path = `/v1/pools/${pair.primary}/live`;
});
afterEach(async () => {
  await service.stop();
  jest.restoreAllMocks();
});

const listeners = async (): Promise<number> => {
  // Asking without a socket would leave the others no turn.
  await setImmediate();
  const { text } = await service.get('/metrics');
  return Number(/^poolkeeper_live_listeners (\d+)$/m.exec(text)?.[1]);
};

test('200 listeners are sent the same bytes, which were made once', async () => {
  const all = await Promise.all(Array.from({ length: 200 }, () => Listening.to(url, path)));
  await Promise.all(all.map((each) => each.heard('0')));
  expect(await listeners()).toBe(200);
  await pair.reaches('failed-over');
  const end = String(await service.poolkeeper.store.lastPosition());
  await Promise.all(all.map((each) => each.heard(end)));
  expect(encoded.map(({ name }) => name)).toEqual(['state', 'change', 'change', 'change']);
  expect(new Set(all.map(({ text }) => text)).size).toBe(1);
  for (const each of all) each.hangUp();
});

test('events of calls are told together, and those of the pair at once with what calls came before', async () => {
  const listening = await Listening.to(url, path);
  await pair.newCall();
  await pair.newCall();
  await listening.heard('0');
  expect(encoded.map(({ name }) => name)).toEqual(['state']);
  time.goOn(100);
  await listening.until(({ sent }) => sent.length === 2);
  expect(listening.last.body).toMatchObject({ event: null, callStatus: { totals: { inProgress: 2 } } });
  await pair.newCall();
  await pair.reaches('outage');
  await listening.until(({ sent }) => sent.length === 3);
  expect(listening.last.body).toMatchObject({
    event: { type: 'OutageDeclared' },
    callStatus: { totals: { reported: 3, disconnected: 3 } },
  });
  time.goOn(100);
  expect(encoded).toHaveLength(3);
  listening.hangUp();
});

test('who begins to listen has what calls came to just before, and so have the others', async () => {
  const first = await Listening.to(url, path);
  await first.heard('0');
  const { answer } = await pair.newCall();
  const second = await Listening.to(url, path);
  const { position } = answer.body;
  for (const each of [first, second]) await each.heard(textOf(position));
  expect(first.last).toMatchObject({ name: 'change', id: position });
  expect(second.last).toMatchObject({ name: 'state', id: position });
  for (const each of [first, second]) each.hangUp();
});

test('a silent stream has a heartbeat, as a comment, every 15 seconds', async () => {
  const listening = await Listening.to(url, path);
  await listening.heard('0');
  for (const beats of [1, 2]) {
    time.goOn(14_999);
    time.goOn(1);
    await listening.until(({ text }) => text.split('\n\n: heartbeat').length === beats + 1);
  }
  expect(listening.sent).toHaveLength(1);
  listening.hangUp();
});

test('the heartbeat of the stream of all pools is an event without an id, where that is asked for', async () => {
  const commented = await Listening.to(url, '/v1/live');
  const listening = await Listening.to(url, '/v1/live?heartbeat=event');
  await listening.heard('0');
  await commented.heard('0');
  time.goOn(15_000);
  await listening.until(({ text }) => text.endsWith('\n\nevent: heartbeat\ndata: {}\n\n'));
  await commented.until(({ text }) => text.endsWith('\n\n: heartbeat\n\n'));
  for (const each of [listening, commented]) each.hangUp();
  const refused = await service.get('/v1/live?heartbeat=never');
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({
    errors: [{ pointer: '/heartbeat', detail: 'heartbeat must be one of: comment, event.' }],
  });
});

test('a client that does not read is cut once more than a bound of bytes waits for it, and the others go on', async () => {
  const quick = await Listening.to(url, path);
  const slow = await notReading();
  const cut = once(slow, 'close');
  await quick.heard('0');
  expect(await listeners()).toBe(2);
  padding = 1_048_576;
  let changes = 0;
  while ((await listeners()) === 2) {
    changes += 1;
    if (changes > 100) throw new Error('It was not cut.');
    const state = changes % 2 === 0 ? 'available' : 'unavailable';
    await service.given(ask('report-back-end-database', { pool: pair.primary, state }));
    await quick.heard(String(await service.poolkeeper.store.lastPosition()));
  }
  expect(changes).toBeGreaterThan(4);
  slow.resume();
  await cut;
  expect(quick.sent).toHaveLength(changes + 1);
  quick.hangUp();
});

test('a feed is there only while somebody listens', async () => {
  const one = await Listening.to(url, path);
  const other = await Listening.to(url, path, { 'last-event-id': '1' });
  await other.heard('1');
  expect(time.isIdle).toBe(false);
  for (const each of [one, other]) each.hangUp();
  while ((await listeners()) > 0);
  expect(time.isIdle).toBe(true);
  const before = encoded.length;
  await pair.reaches('outage');
  expect(encoded).toHaveLength(before);
});

test('the service stops although somebody listens', async () => {
  const other = await Service.start();
  const theirs = await Pair.registered(other);
  const listening = await Listening.to(await other.listen(), `/v1/pools/${theirs.primary}/live`);
  await listening.heard('0');
  await other.stop();
  await listening.over();
  expect(listening.response.complete).toBe(true);
});

async function notReading(): Promise<Socket> {
  const socket = createConnection({ host: url.hostname, port: Number(url.port) });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
  while ((await listeners()) < 2);
  return socket;
}
