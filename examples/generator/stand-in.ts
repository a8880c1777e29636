/** Hamburg stands in: edits with the right and the wrong tool, and a group that only the backup pool has. */
import { hamburgAdmin, helpDesk } from './actors.js';
import { timeFor } from './arrivals.js';
import { berlin, departments, hamburg, outageInformation, recallHotline } from './departments.js';
import {
  agentGroupIdOf,
  agentGroupNameOf,
  agentGroupProperties,
  queueProperties,
  queuesOf,
  workflowProperties,
} from './objects.js';
import { mustBeRefused, type WriteLine } from './script.js';
import type { Switchboard } from './switchboard.js';
import { after } from './time.js';
import { timeline } from './timeline.js';
import type { World } from './world.js';

const informationCalls = 140;

export function planStandIn(world: World, writeLine: WriteLine, switchboard: Switchboard): void {
  planInformationLine(world, writeLine, switchboard);
  planCallBacks(world);
  const { editsWhileFailedOver } = timeline;
  const longerQueue = {
    pool: hamburg,
    kind: 'queue',
    id: 'order-intake-queue',
    properties: { timeoutThreshold: 600 },
  } as const;
  writeLine(
    editsWhileFailedOver,
    helpDesk,
    'modify-object',
    { ...longerQueue, tool: 'controlPanel' },
    mustBeRefused,
  );
  writeLine(after(editsWhileFailedOver, 160), hamburgAdmin, 'modify-object', {
    ...longerQueue,
    tool: 'managementShell',
  });
  writeLine(after(editsWhileFailedOver, 420), hamburgAdmin, 'modify-object', {
    pool: hamburg,
    kind: 'agent-group',
    id: 'field-service-dispatch-agents',
    properties: { agentAlertTime: 35 },
    tool: 'managementShell',
  });
  // Its own groups Hamburg edits as on any day.
  writeLine(after(editsWhileFailedOver, 600), hamburgAdmin, 'modify-object', {
    pool: hamburg,
    kind: 'queue',
    id: 'web-shop-support-queue',
    properties: { overflowThreshold: 40 },
    tool: 'controlPanel',
  });
}

function planInformationLine(world: World, writeLine: WriteLine, switchboard: Switchboard): void {
  const reception = world.staff.membersOf.get('reception-hamburg') ?? [];
  const group = agentGroupIdOf(outageInformation);
  world.lend(outageInformation, { group, members: reception });
  const [queue] = queuesOf(outageInformation);
  if (queue === undefined) throw new Error('A hunt group has one queue.');
  const { informationLine } = timeline;
  const common = { pool: hamburg, tool: 'controlPanel' } as const;
  writeLine(informationLine, hamburgAdmin, 'create-object', {
    ...common,
    kind: 'agent-group',
    id: group,
    name: agentGroupNameOf(outageInformation),
    properties: agentGroupProperties(
      outageInformation,
      reception.map(({ sip }) => sip),
    ),
  });
  writeLine(after(informationLine, 40), hamburgAdmin, 'create-object', {
    ...common,
    kind: 'queue',
    ...queue,
    properties: queueProperties(outageInformation, group),
  });
  writeLine(after(informationLine, 130), hamburgAdmin, 'create-object', {
    ...common,
    tool: 'configurationTool',
    kind: 'workflow',
    id: outageInformation.id,
    name: outageInformation.name,
    properties: workflowProperties(outageInformation, departments.length + 1),
  });
  for (let call = 0; call < informationCalls; call += 1) {
    switchboard.planCall(timeFor(outageInformation, world.random, '11:30'), outageInformation);
  }
}

/** Agents can call on behalf of imported groups; groups made after the export are on no living pool. */
function planCallBacks(world: World): void {
  world.agenda.plan(timeline.callBacks, async () => {
    const agent = world.onShift('warranty-claims');
    const callBack = (responseGroup: string) => ({ agent: agent.sip, pool: berlin, responseGroup });
    const { recorder } = world;
    await recorder.give(agent.sip, 'place-call-on-behalf', callBack(recallHotline.id), mustBeRefused);
    await recorder.give(agent.sip, 'place-call-on-behalf', callBack('warranty-claims'), {
      label: 'call-back-warranty',
    });
    world.agenda.plan(after(world.agenda.now, 185), async () => {
      const callId = { $from: 'call-back-warranty' };
      await recorder.give(agent.sip, 'report-call-ended', { callId });
    });
  });
}
