/** How much each statement decides of a pool right now. */
import { describe, expect, it } from '@jest/globals';
import { decidingView, type DecidingView } from '../../projections/statements/deciding.js';
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

describe('The cells of the column in force', () => {
  const objectsIn = (view: DecidingView | null, row: string, ownership: string): number =>
    (view?.cells ?? [])
      .filter((cell) => cell.row === row && 'ownership' in cell.when && cell.when.ownership === ownership)
      .reduce((sum, { objects }) => sum + objects, 0);

  it('count calls, agents and copies, each copy in one cell of one pool', () => {
    const state = given(callStatus, ...before, arrived('lost', poolA, 'help'), ...until(poolA, 'outage'));
    const view = decidingView(state, poolA);
    expect(view?.cells).toContainEqual({
      row: 'agent-console',
      when: { ownership: 'primary' },
      calls: 0,
      agents: 2,
      objects: 1,
    });
    for (const [ownership, copies] of [
      ['primary', 2],
      ['backup', 1],
      ['imported', 1],
    ] as const)
      expect([ownership, objectsIn(view, 'configuration', ownership)]).toEqual([ownership, copies]);
    // What the column of the failed pool decides, that of its partner does not.
    expect(objectsIn(decidingView(state, poolB), 'configuration', 'primary')).toBe(0);
  });

  it('count in the normal stage as well, of which the document has no statements', () => {
    const view = decidingView(given(callStatus, ...before), poolA);
    expect(objectsIn(view, 'configuration', 'primary')).toBe(2);
    expect(objectsIn(view, 'configuration', 'imported')).toBe(1);
  });

  it('count nothing where both pools are down and no column decides alone', () => {
    const both = [...until(poolA, 'outage'), ...until(poolB, 'outage')];
    expect(
      objectsIn(decidingView(given(callStatus, ...before, ...both), poolA), 'configuration', 'imported'),
    ).toBe(0);
  });
});
