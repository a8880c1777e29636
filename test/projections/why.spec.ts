/** The help desk's question: why does a tool, or the console of an agent, show an object or not? */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { AgentFacts } from '../../facts/agent.js';
import { evolveAgent } from '../../facts/agent.js';
import { evolvePair, type PairFacts } from '../../facts/pair.js';
import { objectAsked } from '../../projections/why/find.js';
import { judgement } from '../../projections/why/view.js';
import type { LookingGlass } from '../../projections/why/words.js';
import { commandsLeadingTo } from '../../src/domain/ways-to.js';
import { momentOf, recorded } from '../support/recorded.js';
import {
  agentGroup,
  ann,
  annIsHomedIn,
  created,
  databaseReported,
  importedAgentGroup,
  importedWorkflow,
  paired,
  poolA,
  poolB,
  removed,
  until,
  workflow,
} from '../support/story.js';

const formal = { participationPolicy: 'Formal', agentsByUri: [ann] };

function stateAfter(events: readonly PoolkeeperEvent[]): { pair: PairFacts; agent: AgentFacts | null } {
  let pair: PairFacts | null = null;
  let agent: AgentFacts | null = null;
  for (const event of recorded([paired, ...events])) {
    pair = evolvePair(pair, event);
    agent = 'agent' in event.data ? evolveAgent(agent, event) : agent;
  }
  if (pair === null) throw new Error('Begin with a pair.');
  return { pair, agent };
}

function why(object: string, tool: LookingGlass, ...events: readonly PoolkeeperEvent[]) {
  const { pair, agent } = stateAfter(events);
  const found = objectAsked(pair, object);
  if (found.outcome !== 'found') throw new Error(`${object} is ${found.outcome}.`);
  const look = { tool, agent: tool === 'agentConsole' ? agent : null };
  const answer = judgement(pair, poolA, found.copies, look);
  if (answer === null) throw new Error('No pool.');
  const { view, since, isOtherwise, isWhole } = answer;
  return { ...view, since, until: commandsLeadingTo(pair, { holds: isOtherwise, byFaults: isWhole }) };
}

/** When the event with this number happened, the registration being the first. */
const at = (position: number) => ({ position: BigInt(position), occurredAt: momentOf(position) });

describe('Why a tool shows an object or not', () => {
  const desk = workflow(poolA, 'help');

  it('is that the pool is normal, from its creation on and until it fails', () => {
    expect(why('help', 'controlPanel', desk)).toMatchObject({
      visible: true,
      modifiable: true,
      sentence: `The Control Panel shows the workflow "help" on ${poolA} and can change it, as ${poolA}, which owns it, is in stage normal.`,
      inference: 'normal-operation',
      since: at(2),
      until: [`declare-outage ${poolA}`],
      instead: [],
    });
  });

  it('is the back-end database of a pool that is down, with what opens it again', () => {
    const answer = why(
      'help',
      'controlPanel',
      desk,
      ...until(poolA, 'outage', { backEndDatabase: 'unavailable' }),
    );
    expect(answer).toMatchObject({
      visible: false,
      modifiable: false,
      sentence: `The Control Panel does not show the workflow "help", as ${poolA}, which owns it, is in stage outage with its back-end database down.`,
      because: ['outage/configuration/1'],
      since: at(3),
      until: [`end-outage ${poolA}`],
    });
  });

  it('names all copies where none is seen, and what the shell can do instead', () => {
    const events = [
      desk,
      ...importedWorkflow(poolA, 'help'),
      ...until(poolA, 'failed-over', { backEndDatabase: 'unavailable' }),
    ];
    expect(why('help', 'configurationTool', ...events)).toMatchObject({
      visible: false,
      sentence: `The Configuration Tool does not show the workflow "help", as ${poolA}, which owns it, is in stage failed-over with its back-end database down and the copy on ${poolB} is imported, which only the Management Shell shows.`,
      because: ['failed-over/configuration/1', 'failed-over/configuration/3'],
      since: at(5),
      until: [`report-back-end-database ${poolA} available`],
      instead: [
        `The Management Shell shows it on ${poolB} and can change it: Get-CsRgsWorkflow -Identity "service:ApplicationServer:${poolB}" -Name "help" -ShowAll`,
      ],
    });
    expect(why('help', 'managementShell', ...events)).toMatchObject({
      visible: true,
      modifiable: true,
      because: ['failed-over/configuration/3'],
      copies: [{ parent: poolB }, { parent: poolA }],
    });
  });

  it('goes on from the earliest moment that answers alike, whatever happened since', () => {
    const down = until(poolA, 'failing-back', { backEndDatabase: 'available' });
    expect(why('help', 'controlPanel', desk, ...down)).toMatchObject({
      visible: true,
      modifiable: false,
      since: at(3),
      until: [`complete-failback ${poolA}`],
    });
    const reported = [desk, ...down, databaseReported(poolA, 'unknown')];
    expect(why('help', 'controlPanel', ...reported)).toMatchObject({
      visible: 'depends',
      since: at(3 + down.length),
      until: [`complete-failback ${poolA}`],
    });
  });

  it('began with the removal of the copy that was seen', () => {
    const events = [desk, ...importedWorkflow(poolA, 'help'), removed(poolA, 'workflow', 'help')];
    expect(why('help', 'controlPanel', ...events)).toMatchObject({
      visible: false,
      since: at(5),
      copies: [{ parent: poolB, warnings: [{ code: 'owner-removed' }] }],
    });
  });
});

describe('Why the console shows an agent group or not', () => {
  const group = [annIsHomedIn(poolA), agentGroup(poolA, 'desk', formal)];

  it('is the stage, and the copy of which pool lets the agent in', () => {
    expect(why('desk', 'agentConsole', ...group)).toMatchObject({
      visible: true,
      modifiable: false,
      signIn: true,
      agent: ann,
    });
    expect(why('desk', 'agentConsole', ...group, ...until(poolA, 'outage'))).toMatchObject({
      visible: true,
      signIn: false,
      because: ['outage/agent-console/1'],
      until: [`end-outage ${poolA}`],
    });
    const moved = [...group, ...importedAgentGroup(poolA, 'desk', formal), ...until(poolA, 'failed-over')];
    expect(why('desk', 'agentConsole', ...moved)).toMatchObject({
      signIn: true,
      because: ['failed-over/agent-console/3'],
      copies: [{ parent: poolB }, { parent: poolA }],
    });
  });

  it('is that the group does not list the agent', () => {
    const other = agentGroup(poolA, 'other', { ...formal, agentsByUri: ['sip:bob@contoso.com'] });
    expect(why('other', 'agentConsole', annIsHomedIn(poolA), other)).toMatchObject({
      visible: false,
      signIn: false,
      because: ['not-a-member'],
      until: [],
    });
  });
});

describe('The object that somebody means', () => {
  const objects = [
    created(poolA, 'workflow', 'w1', { primaryUri: 'sip:help@contoso.com', lineUri: 'tel:+4930123' }, 'Help'),
    created(poolA, 'queue', 'q1', {}, 'Help'),
    created(poolB, 'queue', 'q2', {}, 'Claims'),
  ];
  const asked = (text: string, kind?: 'workflow' | 'queue') =>
    objectAsked(stateAfter(objects).pair, text, kind);

  it('is found by id, name, address or number', () => {
    for (const text of ['w1', 'HELP@contoso.com', 'sip:help@contoso.com', '+49 (30) 123', 'tel:+4930123']) {
      expect(asked(text)).toMatchObject({ outcome: 'found', copies: [{ id: 'w1' }] });
    }
    expect(asked('claims')).toMatchObject({ outcome: 'found', copies: [{ id: 'q2' }] });
  });

  it('is asked back where several have the name', () => {
    expect(asked('help')).toMatchObject({ outcome: 'ambiguous', candidates: [{ id: 'w1' }, { id: 'q1' }] });
    expect(asked('help', 'queue')).toMatchObject({ outcome: 'found', copies: [{ id: 'q1' }] });
  });

  it('is unknown with names that are like it, or with its removal', () => {
    expect(asked('Clams')).toMatchObject({ outcome: 'unknown', near: ['Claims'], removed: null });
    const { pair } = stateAfter([...objects, removed(poolB, 'queue', 'q2')]);
    expect(objectAsked(pair, 'q2')).toMatchObject({
      outcome: 'unknown',
      removed: { parent: poolB, position: 5n },
    });
  });
});
