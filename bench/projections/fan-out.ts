import { get, type IncomingMessage } from 'node:http';
import { pino } from 'pino';
import { createApplication } from '../../src/api/application.js';
import type { Poolkeeper } from '../../src/runtime/poolkeeper.js';
import { median } from '../report.js';
import { backupOf, primaryOf } from './big-log.js';
import { quantile, type Limit } from './times.js';

const listeners = 1_000;
const changes = 5;
const pool = primaryOf(3);

/** One change of a pool, and a thousand who listen to it over HTTP: until the last of them has it. */
export async function fanOut(poolkeeper: Poolkeeper): Promise<readonly Limit[]> {
  const application = await createApplication(poolkeeper, {
    log: pino({ level: 'silent' }),
    maxBodyBytes: 1_048_576,
  });
  await application.listen(0, '127.0.0.1');
  const url = await application.getUrl();
  const ears = await Promise.all(
    Array.from({ length: listeners }, () => Ear.on(`${url}/v1/pools/${pool}/live`)),
  );
  const last: number[] = [];
  const middle: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    const heard = ears.map((ear) => ear.next());
    const began = performance.now();
    await reportDatabase(url, change % 2 === 0 ? 'unavailable' : 'available');
    const times = (await Promise.all(heard)).map((at) => at - began);
    last.push(Math.max(...times));
    middle.push(quantile(times, 0.5));
  }
  for (const ear of ears) ear.close();
  await application.close();
  const beside = `${listeners} listeners, ${changes} changes, command included`;
  return [
    { what: 'a change reaches the last listener', measured: median(last), unit: 'ms', atMost: 1_000, beside },
    { what: 'a change reaches half of them', measured: median(middle), unit: 'ms', atMost: null, beside },
  ];
}

/** One who listens, and notes when a change arrives. */
class Ear {
  private waiting: ((at: number) => void) | null = null;

  private constructor(private readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    let pending = '';
    response.on('data', (chunk: string) => {
      pending += chunk;
      const messages = pending.split('\n\n');
      pending = messages.pop() ?? '';
      if (messages.some((message) => /^event: change$/m.test(message))) this.waiting?.(performance.now());
    });
    // The server ends it at last.
    response.on('error', () => undefined);
  }

  static async on(url: string): Promise<Ear> {
    return await new Promise((resolve, reject) => {
      get(url, { agent: false }, (response) => {
        if (response.statusCode === 200) response.once('readable', () => resolve(new Ear(response)));
        else reject(new Error(`${url} was answered ${response.statusCode}.`));
      }).on('error', reject);
    });
  }

  async next(): Promise<number> {
    return await new Promise((resolve) => (this.waiting = resolve));
  }

  close(): void {
    this.response.destroy();
  }
}

async function reportDatabase(url: string, state: 'available' | 'unavailable'): Promise<void> {
  const response = await fetch(`${url}/v1/commands/report-back-end-database`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pool: backupOf(3), state }),
  });
  if (response.status !== 200) throw new Error(await response.text());
}
