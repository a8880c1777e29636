/** The service in a process of its own, which says over its channel how long its event loop was held, and its memory. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import { createApplication } from '../../src/api/application.js';
import { openPoolkeeper } from '../projections/service.js';

/** What the process says of the time since the last question. */
export interface Held {
  /** Milliseconds. */
  readonly longest: number;
  /** Bytes. */
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
setInterval(() => (mostMemory = Math.max(mostMemory, process.memoryUsage.rss())), 50);

process.on('message', (message) => {
  if (message === 'stop') {
    void application
      .close()
      .then(() => poolkeeper.stop())
      .then(() => process.exit());
    return;
  }
  const held: Held = { longest: delay.max / 1e6, mostMemory };
  delay.reset();
  mostMemory = 0;
  process.send?.(held);
});
process.send?.(await application.getUrl());
