import { describe, expect, it } from '@jest/globals';
import { agentConsole } from '../../projections/agent-console/fold.js';
import { agentConsoleView } from '../../projections/agent-console/view.js';
import { pair } from '../../projections/pair/fold.js';
import { visibilityView } from '../../projections/visibility/view.js';
import {
  agentGroup,
  agentRegistered,
  importedAgentGroup,
  pairRegistered,
  poolA,
  poolB,
  until,
  type DisasterStage,
} from '../support/story.js';
import { given, stated } from './folding.js';

const ann = 'sip:ann@contoso.com';
const formal = { participationPolicy: 'Formal', agentsByUri: [ann] };
const history = (stage: DisasterStage) => [
  pairRegistered(),
  agentRegistered(ann, poolB),
  agentGroup(poolA, 'of-primary', formal),
  agentGroup(poolB, 'of-backup', formal),
  ...importedAgentGroup(poolA, 'of-primary', formal),
  ...until(poolA, stage),
];

type Group = 'primary' | 'backup' | 'imported';
const copies = {
  primary: { id: 'of-primary', parent: poolA },
  backup: { id: 'of-backup', parent: poolB },
  imported: { id: 'of-primary', parent: poolB },
} as const;

/** What both the agent's console and the help desk's view say of a group. */
function shown(stage: DisasterStage, group: Group) {
  const isMeant = ({ id, parent }: { id: string; parent: string }): boolean =>
    id === copies[group].id && parent === copies[group].parent;
  const mine = agentConsoleView(given(agentConsole, ...history(stage)), ann)?.objects.find(isMeant);
  const seen = visibilityView(given(pair, ...history(stage)), poolA)?.objects.find(isMeant);
  return { mine, seen };
}

const open = { displayed: true, signIn: true };
const closed = { displayed: true, signIn: false };
const hidden = { displayed: false, signIn: false };

const document: readonly [string, DisasterStage, Group, typeof open, string][] = [
  ['outage/agent-console/1', 'outage', 'primary', closed, 'shows, but nobody can sign in to'],
  ['outage/agent-console/2', 'outage', 'backup', open, 'shows, and agents can sign in to'],
  ['outage/agent-console/3', 'outage', 'imported', hidden, 'does not show'],
  ['failing-over/agent-console/1', 'failing-over', 'primary', closed, 'shows, but nobody can sign in to'],
  ['failing-over/agent-console/2', 'failing-over', 'backup', open, 'shows, and agents can sign in to'],
  ['failing-over/agent-console/3', 'failing-over', 'imported', open, 'shows, and agents can sign in to'],
  ['failed-over/agent-console/1', 'failed-over', 'primary', closed, 'shows, but nobody can sign in to'],
  ['failed-over/agent-console/2', 'failed-over', 'backup', open, 'shows, and agents can sign in to'],
  ['failed-over/agent-console/3', 'failed-over', 'imported', open, 'shows, and agents can sign in to'],
  ['failing-back/agent-console/1', 'failing-back', 'primary', closed, 'shows, but nobody can sign in to'],
  ['failing-back/agent-console/2', 'failing-back', 'backup', open, 'shows, and agents can sign in to'],
  ['failing-back/agent-console/3', 'failing-back', 'imported', open, 'shows, and agents can sign in to'],
  ['failed-back/agent-console/1', 'failed-back', 'primary', open, 'shows, and agents can sign in to'],
  ['failed-back/agent-console/2', 'failed-back', 'backup', open, 'shows, and agents can sign in to'],
  ['failed-back/agent-console/3', 'failed-back', 'imported', hidden, 'does not show'],
];

describe('agent groups on the console', () => {
  for (const [statement, stage, group, outcome, words] of document) {
    it(`${statement}: the console ${words} ${group} groups`, () => {
      const { mine, seen } = shown(stage, group);
      expect(mine).toMatchObject({ ...outcome, ...stated(statement) });
      expect(seen?.agentConsole).toEqual({ ...outcome, ...stated(statement) });
      expect(seen?.because).toContain(statement);
      expect(seen?.ownership).toBe(group);
    });
  }
});
