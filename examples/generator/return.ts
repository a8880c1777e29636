/** The afternoon: Berlin serves again, what was changed in Hamburg is carried back, and the copies are cleared away. */
import { berlinAdmin, hamburgAdmin, helpDesk, monitoring, nightlyExport } from './actors.js';
import { berlin, hamburg } from './departments.js';
import { mustBeRefused, type WriteLine } from './script.js';
import { planSignIns } from './shifts.js';
import { after, at } from './time.js';
import { timeline } from './timeline.js';
import type { World } from './world.js';

export function planReturn(world: World, writeLine: WriteLine): void {
  const { databaseBack, failback, failedBack, closed, lastExports } = timeline;
  writeLine(databaseBack, monitoring, 'report-back-end-database', { pool: berlin, state: 'available' });
  // Nothing is closed before the pool is back.
  writeLine(after(databaseBack, 300), helpDesk, 'close-incident', { pool: berlin }, mustBeRefused);
  writeLine(failback, berlinAdmin, 'failback', { pool: berlin });
  writeLine(failedBack, berlinAdmin, 'complete-failback', {
    pool: berlin,
    reason: 'Storage replaced; all services of the pool run.',
  });
  planSignIns(world, { from: after(failedBack, 30), to: at('15:00'), parent: berlin });
  carryBack(writeLine);
  writeLine(closed, berlinAdmin, 'close-incident', { pool: berlin });
  writeLine(lastExports, nightlyExport, 'record-export', { pool: berlin, fileName: 'berlin-2026-11-18.zip' });
  writeLine(after(lastExports, 120), nightlyExport, 'record-export', {
    pool: hamburg,
    fileName: 'hamburg-2026-11-18.zip',
  });
}

function carryBack(writeLine: WriteLine): void {
  const { exportedForReturn, returned, cleanedUp } = timeline;
  const fromHamburg = { pool: hamburg, owner: berlin };
  writeLine(
    exportedForReturn,
    hamburgAdmin,
    'record-export',
    { ...fromHamburg, fileName: 'berlin-from-hamburg.zip' },
    { label: 'return-berlin' },
  );
  writeLine(returned, berlinAdmin, 'import-response-groups', {
    destination: berlin,
    exportId: { $from: 'return-berlin' },
    overwriteOwner: true,
  });
  writeLine(cleanedUp, hamburgAdmin, 'record-export', {
    ...fromHamburg,
    fileName: 'berlin-from-hamburg-removed.zip',
    removeExported: true,
  });
}
