import { callStatus } from '../projections/call-status/fold.js';
import { arrival, configuration, connection, outage, outageEnded, recorded } from './call-log.js';
import { interleaved, perSecond, type Row } from './report.js';

const few = 100;
const many = 100_000;
const rounds = 9;
const outages = 50;

/** Outages that meet open calls: their cost must not follow the number of calls. */
export async function stageChange(): Promise<readonly Row[]> {
  const measured = await interleaved(rounds, {
    many: () => stageChangesPerSecond(many),
    few: () => stageChangesPerSecond(few),
  });
  return [
    {
      what: `stage changes/s with ${many} open calls`,
      ours: measured.many,
      baseline: measured.few,
      against: `the same with ${few} open calls`,
      goal: 0.5,
    },
  ];
}

/** Half of the calls wait and are cut off by the first outage; the regular connected ones stay open through all. */
async function stageChangesPerSecond(openCalls: number): Promise<number> {
  const calls = Array.from({ length: openCalls }, (_, n) =>
    n % 2 === 0 ? [arrival(n)] : [arrival(n), connection(n)],
  );
  let state = callStatus.initial();
  for (const event of recorded([...configuration(), ...calls.flat()])) state = callStatus.apply(state, event);
  const changes = recorded(Array.from({ length: outages }, () => [outage, outageEnded]).flat(), 1_000_000n);
  const rate = await perSecond(changes.length, () => {
    for (const event of changes) state = callStatus.apply(state, event);
  });
  const { disconnected = 0, connected = 0 } = state.owners[0]?.totals ?? {};
  if (disconnected < openCalls / 2 || connected === 0)
    throw new Error('The outages did not meet the calls as planned.');
  return rate;
}
