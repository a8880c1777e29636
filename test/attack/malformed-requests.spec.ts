/** Thousands of requests that nobody in earnest would send, to every operation of the documentation, as bytes on a connection. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../src/store/open-store.js';
import { endAll, ServiceProcess } from '../operation/support/service-process.js';
import { readLog } from '../store/support/checks.js';
import { times } from './support/extent.js';
import { tell } from './support/figures.js';
import { documentedOperations } from './support/malformed/operations.js';
import { malformedRequest, type MalformedRequest } from './support/malformed/requests.js';
import { RawConnection } from './support/raw-connection.js';
import { Watch } from './support/watch.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-malformed-'));
});
afterEach(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

/** All that comes back; of a stream that has no end its beginning. */
async function answerTo({ bytes, ends }: MalformedRequest, url: string): Promise<string> {
  const connection = (await RawConnection.to(url)).send(bytes);
  if (ends) connection.end();
  await connection.until((answer) => answer.includes('text/event-stream'));
  connection.destroy();
  return connection.answer;
}

const largest = 64 * 1_024;
/** Of 5xx these are documented: what this service is not set up for, and what it cannot do now. */
const refusals: readonly number[] = [501, 503];

/** What is wrong with an answer; null where nothing is. */
function faultOf(answer: string): string | null {
  const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  const bad = statuses.find((status) => status >= 500);
  if (bad !== undefined && !refusals.includes(bad)) return `status ${bad}`;
  if (bad !== undefined && !answer.includes('urn:poolkeeper:problem:')) return `${bad} without its reason`;
  const refused = statuses.length === 1 && (statuses[0] ?? 0) >= 400;
  return refused && Buffer.byteLength(answer) > largest ? `${answer.length} characters of refusal` : null;
}

const bytesIn = (inside: string): number =>
  readdirSync(inside, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(inside, name)))
    .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);

const given: readonly (readonly [string, object])[] = [
  ['register-pair', { pools: [{ fqdn: 'pool-a.contoso.com' }, { fqdn: 'pool-b.contoso.com' }] }],
  ['register-agent', { agent: 'sip:kim@contoso.com', homePool: 'pool-a.contoso.com' }],
];

test('hundreds of malformed requests are refused: no fault, no event that nobody was told of, and others are answered', async () => {
  const service = await ServiceProcess.start({ folder, environment: { RATE_LIMIT: '0' } });
  for (const [name, body] of given)
    expect((await service.post(`/v1/commands/${name}`, body)).status).toBe(200);
  const url = await service.serving();
  const watch = await Watch.over(url);
  const before = bytesIn(folder);
  const operations = documentedOperations();
  const tried = times(600, 11_500);
  const faults: string[] = [];
  const kinds = new Set<string>();
  // Of events that a request was answered with.
  const told = new Set<string>();
  let next = 1;
  const client = async (): Promise<void> => {
    for (let seed = next++; seed <= tried; seed = next++) {
      const request = malformedRequest(operations, seed);
      const answer = await answerTo(request, url);
      const fault = faultOf(answer);
      if (fault !== null)
        faults.push(
          `${seed}: ${fault}: ${request.bytes.toString('latin1', 0, 300)} → ${answer.slice(0, 600)}`,
        );
      kinds.add(`${request.kind} ${answer === '' ? 'unanswered' : answer.slice(9, 10)}`);
      for (const [, id = ''] of answer.matchAll(/"id":"([\da-f-]{36})"/g)) told.add(id);
      if (seed % 100 === 0) {
        expect((await service.get('/health/live')).status).toBe(200);
        await watch.look();
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, client));
  expect(faults).toEqual([]);
  // Each kind is refused at least once, and some of them are harmless.
  expect([...kinds]).toEqual(expect.arrayContaining(['body 4', 'header 4', 'path 4', 'wire 4', 'zip 4']));
  expect((await service.get('/v1/verification')).body).toMatchObject({ whole: true, faithful: true });
  expect((await service.stop()).status).toBe(0);

  const store = await openSqliteStore({ folder, clock: () => new Date(), thread: false });
  const log = await readLog(store);
  await store.close();
  // What pairs and unpairs pools is told of by the event of the pair itself; registering the pair has stored two.
  const untold = log
    .slice(given.length + 1)
    .filter(({ id, stream }) => !told.has(id) && !/^(pairings$|(refusals|receipts?)-)/.test(stream));
  expect(untold.map(({ stream, type }) => `${type} in ${stream}`)).toEqual([]);
  expect(readdirSync(join(folder, 'exports')).filter((name) => !name.endsWith('.zip'))).toEqual([]);
  tell({ tried, stored: bytesIn(folder) - before, hold: watch.hold, memory: watch.memory });
});
