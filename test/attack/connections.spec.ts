/** Clients that hold connections: idle ones, slow ones, and those that ask much at once and read it or not. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { endAll, ServiceProcess } from '../operation/support/service-process.js';
import { times } from './support/extent.js';
import { tell } from './support/figures.js';
import { head, RawConnection } from './support/raw-connection.js';
import { Watch } from './support/watch.js';

const a = 'a.contoso.com';
const pools = [{ fqdn: a }, { fqdn: 'b.contoso.com' }];

let folder: string;
let service: ServiceProcess;
let url: string;
let watch: Watch;
let clients: RawConnection[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-connections-'));
  clients = [];
  service = await ServiceProcess.start({
    folder,
    environment: { MAX_UPLOADS: '4', STOP_GRACE_SECONDS: '1', RATE_LIMIT: '0' },
  });
  await service.post('/v1/commands/register-pair', { pools });
  url = await service.serving();
  watch = await Watch.over(url);
});
afterEach(() => {
  for (const client of clients) client.destroy();
  endAll();
  rmSync(folder, { recursive: true });
});

async function connected(count: number, text = ''): Promise<readonly RawConnection[]> {
  const all = await Promise.all(Array.from({ length: count }, () => RawConnection.to(url)));
  clients.push(...all);
  for (const one of all) one.send(text);
  return all;
}

async function othersAreAnswered(): Promise<void> {
  expect((await service.get('/health/live')).status).toBe(200);
  expect((await service.get('/v1/pools')).body['pools']).toHaveLength(2);
  await watch.look();
}

const told = (tried: number): void => tell({ tried, hold: watch.hold, memory: watch.memory });

const live = `${head('GET', '/health/live')}\r\n\r\n`;
const answersIn = (text: string): number => text.split('HTTP/1.1 200 OK').length - 1;

describe('Others are answered', () => {
  it('while hundreds of connections are idle, or have sent half of their headers', async () => {
    const [idle, half] = [times(300, 5_000), times(50, 500)];
    await connected(idle);
    const slow = await connected(half, 'GET /v1/pools HTTP/1.1\r\nHost: local');
    await othersAreAnswered();
    // These take as long as the service allows, about twenty seconds.
    for (const one of slow.slice(0, times(0, 500))) {
      await one.closed;
      expect(one.answer).toMatch(/^HTTP\/1.1 408 /);
    }
    await othersAreAnswered();
    told(idle + half);
  });

  it('while one client asks hundreds of times in one piece, and has each answer', async () => {
    const many = times(200, 1_000);
    const [reader] = await connected(1, live.repeat(many));
    await reader?.until((answer) => answersIn(answer) === many);
    expect(answersIn(reader?.answer ?? '')).toBe(many);
    await othersAreAnswered();
    told(many);
  });

  it('while another one asks thousands of times and reads nothing', async () => {
    const many = times(2_000, 20_000);
    const [deaf] = await connected(1);
    deaf?.pause().send(live.repeat(many));
    await othersAreAnswered();
    expect((await service.stop()).status).toBe(0);
    told(many);
  });
});

const zip = (length: number) => ({ 'content-type': 'application/zip', 'content-length': String(length) });
const put = (pool: string, length: number): string =>
  `${head('PUT', `/v1/pools/${pool}/exports/a.zip`, zip(length))}\r\n\r\n`;
/** The sizes of the files of those that are on their way. */
const unfinished = (): readonly number[] =>
  (existsSync(join(folder, 'exports')) ? readdirSync(join(folder, 'exports')) : [])
    .filter((name) => name.endsWith('.unfinished'))
    .map((name) => statSync(join(folder, 'exports', name)).size);

describe('Zips on their way', () => {
  const mebibyte = 1_024 * 1_024;

  it('lie on the disk, are four at once, and each further one is 429 and lies nowhere', async () => {
    const size = 4 * mebibyte;
    const four = await connected(4, put(a, 2 * size));
    for (const one of four) one.send(Buffer.alloc(size, 'PK'));
    while (unfinished().reduce((sum, length) => sum + length, 0) < 4 * size)
      await service.get('/health/live');
    expect(unfinished()).toHaveLength(4);
    const more = await connected(times(10, 200), put(a, mebibyte));
    for (const one of more) {
      one.send(Buffer.alloc(mebibyte, 'PK'));
      await one.until((answer) => answer.includes('\r\n\r\n'));
      expect(one.answer).toMatch(/^HTTP\/1.1 429 /);
    }
    expect(unfinished()).toHaveLength(4);
    await othersAreAnswered();
    four[0]?.destroy();
    while (unfinished().length > 3) await service.get('/health/live');
    // The place is free soon after the file is gone.
    const taken = async (): Promise<string> => {
      const [next] = await connected(1, `${put(a, 2)}PK`);
      await next?.until((answer) => answer.includes('\r\n\r\n'));
      return next?.answer.startsWith('HTTP/1.1 429 ') === true ? await taken() : (next?.answer ?? '');
    };
    expect(await taken()).toMatch(/^HTTP\/1.1 400 /);
    told(4 + more.length);
  });

  it('to a pool that is not known are refused and lie nowhere', async () => {
    const many = await connected(times(30, 200), put('nobody.contoso.com', 2 * mebibyte));
    for (const one of many) {
      one.send(Buffer.alloc(2 * mebibyte, 'PK'));
      await one.until((answer) => answer.includes('\r\n\r\n'));
      expect(one.answer).toMatch(/^HTTP\/1.1 404 /);
    }
    // Not even the folder was made.
    expect(existsSync(join(folder, 'exports'))).toBe(false);
    await othersAreAnswered();
    told(many.length);
  });
});
