/** What readiness says of a pool that takes the place of one that is lost. */
import { describe, expect, it } from '@jest/globals';
import {
  agentRegistered,
  ann,
  agentGroup,
  failoverCompleted,
  imported,
  incidentClosed,
  modified,
  paired,
  poolA,
  poolB,
  poolC,
  poolReplaced,
  replacementCompleted,
  routeChosen,
  until,
  workflow,
} from '../../support/story.js';
import type { Told } from '../../support/recorded.js';
import { after } from './asking.js';

const poolD = 'pool-d.contoso.com';
const members = { participationPolicy: 'Informal', agentsByUri: [ann] };
const workflowIn = (id: string) => ({ kind: 'workflow', id, properties: { anonymous: false } }) as const;

/** A has two workflows and a group, of which its file has one workflow and the group; the file is imported into B. */
const standIn = (...more: readonly Told[]) =>
  after(
    paired,
    agentRegistered(ann, poolA),
    workflow(poolA, 'help'),
    workflow(poolA, 'recall'),
    agentGroup(poolA, 'team', members),
    imported(poolA, [workflowIn('help'), { kind: 'agent-group', id: 'team', properties: members }]),
    until(poolA, 'failed-over'),
    ...more,
  );

const broughtToC: Told = {
  type: 'ResponseGroupsImported',
  data: {
    exportId: `export-${poolA}`,
    destination: poolC,
    overwriteOwner: true,
    replaceExistingSettings: false,
    resolveNameConflicts: false,
    objects: [{ kind: 'agent-group', id: 'team', name: 'team', owner: poolC }],
  },
};

describe('A pool in the place of one that is lost', () => {
  it('is asked what is lost for good, and not what would come home', () => {
    const pool = standIn(modified(poolB, 'workflow', 'help', { description: 'Moved' }), poolReplaced()).from(
      poolC,
    );
    expect(pool.finding('lost-for-good').objects).toMatchObject([{ id: 'recall', parent: poolA }]);
    expect(pool.finding('not-on-new-pool').objects.map(({ id }) => id)).toEqual(['help', 'team']);
    expect(pool.found).not.toContain('to-bring-home');
    expect(pool.found).not.toContain('edited-on-backup');
    expect(pool.readiness.lastExport).toBeNull();
  });

  it('has lost no object that somebody made again under its name', () => {
    const again = workflow(poolB, 'recall-again');
    const named = { ...again, data: { ...again.data, name: 'Recall' } };
    expect(standIn(poolReplaced(), named).from(poolC).found).not.toContain('lost-for-good');
  });

  it('has lost a change that no file has, until somebody makes it again', () => {
    const changed = (pool: string) => modified(pool, 'agent-group', 'team', { description: 'By night' });
    const [help, ...rest] = [workflow(poolA, 'help'), agentGroup(poolA, 'team', members)];
    const story = [
      paired,
      help,
      ...rest,
      imported(poolA, [workflowIn('help'), { kind: 'agent-group', id: 'team', properties: members }]),
      changed(poolA),
      until(poolA, 'failed-over'),
      poolReplaced(),
    ] as const;
    expect(
      after(...story)
        .from(poolC)
        .finding('lost-for-good'),
    ).toMatchObject({
      objects: [{ id: 'team' }],
      atStake: 1,
    });
    expect(after(...story, changed(poolB)).from(poolC).found).not.toContain('lost-for-good');
  });

  it('is told of what only a file has', () => {
    const file = imported(poolA, [workflowIn('help')]).slice(0, 1);
    const pool = after(paired, workflow(poolA, 'help'), file, until(poolA, 'failed-over'), poolReplaced());
    expect(pool.from(poolC).finding('in-a-file-alone').objects).toMatchObject([{ id: 'help' }]);
    expect(pool.from(poolC).found).not.toContain('lost-for-good');
  });

  it('is told of agents whose home is lost, with their groups, also once the incident is closed', () => {
    const pool = standIn(poolReplaced());
    const stranded = {
      detail: `1 agent still homed in ${poolA}: ${ann} (in team).`,
      objects: [{ id: 'team' }],
      action: { powershell: [`Move-CsUser -Identity "${ann}" -Target "${poolC}" -Force -Confirm:$false`] },
    };
    expect(pool.from(poolC).finding('agents-of-lost-pool')).toMatchObject(stranded);
    const closed = standIn(poolReplaced(), broughtToC, replacementCompleted(), incidentClosed(poolC));
    expect(closed.from(poolC).finding('agents-of-lost-pool')).toMatchObject(stranded);
    const moved = { agent: ann, from: poolA, homePool: poolC } as const;
    const home = standIn(poolReplaced(), { type: 'AgentMoved', data: moved });
    expect(home.from(poolC).found).not.toContain('agents-of-lost-pool');
  });

  it('is told of the same where it took the place of one that had done so itself', () => {
    const pool = standIn(poolReplaced(), failoverCompleted(poolC), poolReplaced(poolC, poolD)).from(poolD);
    expect(pool.finding('lost-for-good').objects).toMatchObject([{ id: 'recall', parent: poolA }]);
    expect(pool.finding('agents-of-lost-pool').detail).toContain(poolA);
  });

  it('is exported never, while only the pool before it was, once the incident is over', () => {
    const pool = standIn(poolReplaced(), replacementCompleted(), incidentClosed(poolC)).from(poolC);
    expect(pool.readiness).toMatchObject({ stage: 'normal', lastExport: null });
    expect(pool.found).not.toContain('export-clashes');
    expect(pool.found).not.toContain('not-pre-staged');
  });
});

describe('A pool that is to be replaced', () => {
  it('is not told to bring home after failback what was changed', () => {
    const edit = modified(poolB, 'workflow', 'help', { description: 'Moved' });
    expect(standIn(edit).finding('edited-on-backup').action.text).toContain('After failback');
    const chosen = standIn(edit, routeChosen(poolA, poolC)).finding('edited-on-backup').action.text;
    expect(chosen).not.toContain('After failback');
    expect(chosen).toContain('takes the place');
  });
});
