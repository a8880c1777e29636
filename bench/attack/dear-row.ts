import type { DearFigures } from '../dear-requests/attack.js';
import type { AttackRow } from './report.js';

/** The image's own health check gives up after so many milliseconds. */
const patience = 3_000;
/** Answered, turned away for now, or gone. */
const expected = ['200', '429', '503', '0'];

export function rowOf(figures: DearFigures): AttackRow {
  const { attack, statuses, longestHold, liveWorst, leastMemory, mostMemory } = figures;
  const faults = Object.entries(statuses)
    .filter(([status]) => !expected.includes(status))
    .map(([status, count]) => `${attack}: ${count} were answered ${status}.`);
  if (liveWorst > patience) faults.push(`${attack}: /health/live took ${liveWorst} ms.`);
  return {
    what: attack,
    tried: Object.values(statuses).reduce((sum, count) => sum + count, 0),
    faults,
    hold: longestHold,
    memory: [leastMemory * 1e6, mostMemory * 1e6],
    stored: null,
  };
}
