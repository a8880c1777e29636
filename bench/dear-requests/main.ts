import { attackDearRequests, type DearFigures } from './attack.js';

/** `node dist/bench/dear-requests/main.js [part of a name] [events]`. */
const [, , wanted = '', events = '70000'] = process.argv;

const line = ({
  attack,
  longestHold,
  longestWork,
  liveMedian,
  liveWorst,
  took,
  mostMemory,
  statuses,
}: DearFigures): string =>
  [
    attack.padEnd(34),
    `loop held ${longestHold} ms at most, worked ${longestWork} ms`,
    `/health/live ${liveMedian} ms, worst ${liveWorst} ms`,
    `${(took / 1_000).toFixed(1)} s`,
    `${mostMemory} MB`,
    JSON.stringify(statuses),
  ].join(' · ');

await attackDearRequests(Number(events), wanted, (figures) => console.log(line(figures)));
