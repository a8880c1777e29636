import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const file = process.env.ATTACK_FIGURES;

const nameOf = ({ name, parent }) =>
  parent === undefined || parent.name === 'ROOT_DESCRIBE_BLOCK' ? name : `${nameOf(parent)} ${name}`;

/** Hears what happens to tests, and writes how long each held the event loop and how much memory it took. */
export function measurement() {
  if (file === undefined) return () => undefined;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let before = 0;
  let most = 0;
  let sampling = null;
  return async ({ name, test }) => {
    if (name === 'test_start') {
      before = most = process.memoryUsage.rss();
      sampling = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
      delay.reset();
      delay.enable();
    } else if (name === 'test_done') {
      // A test that gave no turn to anybody is seen at the next one.
      await pause(20);
      delay.disable();
      clearInterval(sampling);
      const figures = { test: nameOf(test), hold: delay.max / 1e6, memory: [before, most] };
      appendFileSync(file, `${JSON.stringify(figures)}\n`);
    }
  };
}
