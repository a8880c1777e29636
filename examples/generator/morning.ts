/** Night and morning: the exports, and a workflow that comes too late for them. */
import { berlinAdmin, nightlyExport } from './actors.js';
import { timeFor } from './arrivals.js';
import { berlin, departments, hamburg, recallHotline } from './departments.js';
import { agentGroupIdOf, queueProperties, queuesOf, workflowProperties } from './objects.js';
import type { WriteLine } from './script.js';
import type { Switchboard } from './switchboard.js';
import { after } from './time.js';
import { timeline } from './timeline.js';
import type { World } from './world.js';

const recallCalls = 260;
const tool = 'configurationTool';

export function planMorning(world: World, writeLine: WriteLine, switchboard: Switchboard): void {
  const { nightlyExports, recallAnnounced } = timeline;
  writeLine(
    nightlyExports,
    nightlyExport,
    'record-export',
    { pool: berlin, fileName: 'berlin-2026-11-17.zip' },
    { label: 'night-berlin' },
  );
  writeLine(after(nightlyExports, 120), nightlyExport, 'record-export', {
    pool: hamburg,
    fileName: 'hamburg-2026-11-17.zip',
  });

  const warranty = departments.find(({ id }) => id === 'warranty-claims');
  if (warranty === undefined) throw new Error('The plan has no department for warranty claims.');
  world.lend(recallHotline, world.deskOf(warranty));
  const [queue] = queuesOf(recallHotline);
  if (queue === undefined) throw new Error('A hunt group has one queue.');
  writeLine(recallAnnounced, berlinAdmin, 'create-object', {
    pool: berlin,
    kind: 'queue',
    ...queue,
    properties: queueProperties(recallHotline, agentGroupIdOf(warranty)),
    tool,
  });
  writeLine(after(recallAnnounced, 95), berlinAdmin, 'create-object', {
    pool: berlin,
    kind: 'workflow',
    id: recallHotline.id,
    name: recallHotline.name,
    properties: workflowProperties(recallHotline, departments.length),
    tool,
  });
  for (let call = 0; call < recallCalls; call += 1) {
    switchboard.planCall(timeFor(recallHotline, world.random, '09:00'), recallHotline);
  }
}
