/** How much each statement decides of a pool right now. */
import { expect, it } from '@jest/globals';
import { decidingView } from '../../projections/statements/deciding.js';
import { callStatus } from '../../projections/call-status/fold.js';
import {
  agentGroup,
  arrived,
  importedWorkflow,
  paired,
  poolA,
  poolB,
  until,
  workflow,
} from '../support/story.js';
import { given } from './folding.js';

const group = agentGroup(poolA, 'desk', {
  participationPolicy: 'Formal',
  agentsByUri: ['sip:ann@contoso.com', 'SIP:Ann@contoso.com', 'sip:bob@contoso.com'],
});
const before = [
  paired,
  workflow(poolA, 'help'),
  group,
  workflow(poolB, 'claims'),
  ...importedWorkflow(poolA, 'help'),
];

it('counts calls, agents and copies at the statement that decides them', () => {
  const state = given(
    callStatus,
    ...before,
    arrived('lost', poolA, 'help'),
    ...until(poolA, 'failed-over'),
    arrived('new', poolA, 'help'),
  );
  const { statements, stage } = decidingView(state, poolA) ?? { statements: [], stage: null };
  const of = (id: string) => statements.find((statement) => statement.id === id);
  expect(stage).toBe('failed-over');
  expect(of('failed-over/new-calls/2')).toMatchObject({ calls: 1, agents: 0, objects: 0 });
  expect(of('failed-over/new-calls/1')).toMatchObject({ calls: 0 });
  expect(of('failed-over/in-progress-calls/2')).toMatchObject({ calls: 1 });
  expect(of('failed-over/agent-console/1')).toMatchObject({ agents: 2, objects: 1 });
  expect(of('failed-over/configuration/1')).toMatchObject({ objects: 2 });
  expect(of('failed-over/configuration/2')).toMatchObject({ objects: 1 });
  expect(of('failed-over/configuration/3')).toMatchObject({ objects: 1 });
});

it('has the whole column of the stage, and of a pool that is normal no more than what its partner decides', () => {
  const outage = given(callStatus, ...before, ...until(poolA, 'outage'));
  expect(decidingView(outage, poolA)?.statements).toHaveLength(12);
  expect(decidingView(given(callStatus, ...before), poolA)?.statements).toEqual([]);
  expect(decidingView(outage, 'pool-z.contoso.com')).toBeNull();
});
