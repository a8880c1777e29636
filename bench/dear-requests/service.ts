/** The service in a process of its own, which says over its channel how long its event loop was held, and its memory. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import { createApplication } from '../../src/api/application.js';
import { openPoolkeeper } from '../projections/service.js';

/** What the process says of the time since the last question. */
export interface Held {
  /** The longest time without a turn for others, in milliseconds: by the clock, and what of it was work of its own. */
  readonly longest: number;
  readonly longestWork: number;
  /** Bytes: now, and at most. */
  readonly memory: number;
  readonly mostMemory: number;
}

const [, , folder = ''] = process.argv;
const poolkeeper = await openPoolkeeper(folder);
await poolkeeper.start();
const application = await createApplication(poolkeeper, {
  log: pino({ level: 'silent' }),
  maxBodyBytes: 1_048_576,
});
await application.listen(0, '127.0.0.1');

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let mostMemory = 0;
let longestWork = 0;
const worked = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
let workedBefore = worked();
setInterval(() => {
  mostMemory = Math.max(mostMemory, process.memoryUsage.rss());
  const workedSoFar = worked();
  longestWork = Math.max(longestWork, workedSoFar - workedBefore);
  workedBefore = workedSoFar;
}, 5);

process.on('message', (message) => {
  if (message === 'stop') {
    void application
      .close()
      .then(() => poolkeeper.stop())
      .then(() => process.exit());
    return;
  }
  const memory = process.memoryUsage.rss();
  const held: Held = { longest: delay.max / 1e6, longestWork, memory, mostMemory };
  delay.reset();
  mostMemory = 0;
  longestWork = 0;
  process.send?.(held);
});
process.send?.(await application.getUrl());
