import { describedExports, type NamedExport } from './exports.js';
import { planMorning } from './morning.js';
import { planCallsOnBehalf } from './on-behalf.js';
import { planOutage } from './outage.js';
import { reportOfDay, type WrittenReport } from './report.js';
import { planReturn } from './return.js';
import { lineWriter } from './script.js';
import { planSetUp } from './setup.js';
import { planShifts } from './shifts.js';
import { planStandIn } from './stand-in.js';
import { Switchboard } from './switchboard.js';
import { World } from './world.js';

/** Any other number gives another day with the same story. */
const seed = 20_261_117;

export interface Day {
  /** The deployment, the night and the day of an outage, as they would be reported. */
  readonly lines: readonly string[];
  /** The files that the night wrote. */
  readonly exports: readonly NamedExport[];
  /** The report of its outage. */
  readonly report: WrittenReport;
}

export async function generateDay(): Promise<Day> {
  const world = new World(seed);
  await world.recorder.poolkeeper.start();
  const writeLine = lineWriter(world);
  const switchboard = new Switchboard(world);
  planSetUp(world);
  planShifts(world);
  planMorning(world, writeLine, switchboard);
  planOutage(world, writeLine);
  planStandIn(world, writeLine, switchboard);
  planReturn(world, writeLine);
  planCallsOnBehalf(world);
  switchboard.planDay();
  await world.agenda.run();
  const exports = await describedExports(world);
  const report = await reportOfDay(world.recorder.poolkeeper);
  await world.recorder.poolkeeper.stop();
  return { lines: world.recorder.lines, exports, report };
}

export const exampleFile = 'examples/berlin-hamburg-outage.ndjson';

export const fileText = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
