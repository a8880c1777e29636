/** Mid-morning: the storage of Berlin fails, and Hamburg is made to stand in. */
import { berlinAdmin, hamburgAdmin, helpDesk, monitoring } from './actors.js';
import { berlin, hamburg } from './departments.js';
import { holidaySetOf } from './objects.js';
import { mustBeRefused, type WriteLine } from './script.js';
import { planSignIns } from './shifts.js';
import { after, at } from './time.js';
import { timeline } from './timeline.js';
import type { World } from './world.js';

export function planOutage(world: World, writeLine: WriteLine): void {
  const { storageFails, databaseReported, helpDeskTries } = timeline;
  writeLine(storageFails, berlinAdmin, 'declare-outage', {
    pool: berlin,
    reason: 'The storage array in Berlin failed; front ends and SQL are down.',
  });
  writeLine(databaseReported, monitoring, 'report-back-end-database', { pool: berlin, state: 'unavailable' });

  // The help desk has heard only that "the hotline is dead".
  writeLine(
    helpDeskTries,
    helpDesk,
    'modify-object',
    {
      pool: berlin,
      kind: 'agent-group',
      id: 'it-service-desk-agents',
      properties: { agentAlertTime: 45 },
      tool: 'controlPanel',
    },
    mustBeRefused,
  );
  writeLine(
    after(helpDeskTries, 75),
    helpDesk,
    'modify-object',
    {
      pool: berlin,
      kind: 'workflow',
      id: 'it-service-desk',
      properties: { active: false },
      tool: 'configurationTool',
    },
    mustBeRefused,
  );
  planRefusedAgent(world, after(helpDeskTries, 140));
  planImport(writeLine);
  planFailover(world, writeLine);
}

/** An agent who restarted the client finds the console of a dead pool, and no way to call back. */
function planRefusedAgent(world: World, time: number): void {
  world.agenda.plan(time, async () => {
    const agent = world.onShift('order-intake');
    const group = { agent: agent.sip, pool: berlin, agentGroup: 'order-intake-agents' };
    await world.recorder.give(agent.sip, 'sign-in-agent', group, mustBeRefused);
    const callBack = { agent: agent.sip, pool: berlin, responseGroup: 'order-intake' };
    await world.recorder.give(agent.sip, 'place-call-on-behalf', callBack, mustBeRefused);
  });
}

function planImport(writeLine: WriteLine): void {
  const { importTried, holidaysRenamed, imported } = timeline;
  const body = { destination: hamburg, exportId: { $from: 'night-berlin' } };
  // Both pools have a holiday set of the same name.
  writeLine(importTried, hamburgAdmin, 'import-response-groups', body, mustBeRefused);
  writeLine(holidaysRenamed, hamburgAdmin, 'modify-object', {
    pool: hamburg,
    kind: 'holiday-set',
    id: holidaySetOf(hamburg),
    name: 'Public Holidays Hamburg',
    tool: 'controlPanel',
  });
  writeLine(imported, hamburgAdmin, 'import-response-groups', body);
}

function planFailover(world: World, writeLine: WriteLine): void {
  const { failoverInitiated, failoverFailed, failoverRepeated, failedOver } = timeline;
  const disaster = { pool: berlin, disasterMode: true };
  writeLine(failoverInitiated, hamburgAdmin, 'initiate-failover', disaster);
  writeLine(failoverFailed, hamburgAdmin, 'fail-failover', {
    pool: berlin,
    reason: 'Invoke-CsPoolFailOver stopped: the central management store had not settled in Hamburg.',
  });
  writeLine(failoverRepeated, hamburgAdmin, 'initiate-failover', disaster);
  writeLine(failedOver, hamburgAdmin, 'complete-failover', { pool: berlin });

  planSignIns(world, {
    from: after(failoverRepeated, 60),
    to: at('11:04'),
    parent: hamburg,
    homePool: hamburg,
  });
  planSignIns(world, { from: after(failedOver, 60), to: at('11:30'), parent: hamburg, homePool: berlin });
}
