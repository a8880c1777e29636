import { describe, expect, it } from '@jest/globals';
import { editabilityView } from '../../projections/editability/view.js';
import { pair } from '../../projections/pair/fold.js';
import { poolView, poolViews } from '../../projections/lifecycle/view.js';
import { visibilityView } from '../../projections/visibility/view.js';
import {
  agentGroup,
  created,
  importedAgentGroup,
  importedWorkflow,
  incidentClosed,
  outage,
  pairRegistered,
  poolA,
  poolB,
  removed,
  until,
  workflow,
  pairId,
} from '../support/story.js';
import { momentOf, type Told } from '../support/recorded.js';
import { given, inferredBy, stated } from './folding.js';

const seen = (pool: string, ...events: readonly Told[]) =>
  visibilityView(given(pair, pairRegistered(), ...events), pool);
const changeable = (pool: string, ...events: readonly Told[]) =>
  editabilityView(given(pair, pairRegistered(), ...events), pool);

describe('the lifecycle of a pool', () => {
  it('shows the stage, since when, the incident and every statement of the column', () => {
    const state = given(pair, pairRegistered(), ...until(poolA, 'failed-back'));
    expect(poolView(state, poolA)).toMatchObject({
      fqdn: poolA,
      partner: poolB,
      pairId,
      site: 'Redmond',
      stage: 'failed-back',
      since: momentOf(6),
      incident: `${pairId}-1`,
      readings: { 'calls-on-live-backup': 'literal' },
      basis: 'stated',
    });
    expect(poolView(state, poolA)?.because).toHaveLength(13);
    expect(poolView(state, poolA)?.because[0]).toBe('failed-back/connected-calls/1');
  });

  it('rests on no statement while the pool is normal', () => {
    const [, second] = poolViews(given(pair, pairRegistered(), outage(poolA)));
    expect(second).toMatchObject({
      fqdn: poolB,
      stage: 'normal',
      ...inferredBy('normal-operation'),
    });
  });

  it('is unknown for a pool of no pair', () => {
    expect(poolView(given(pair), poolA)).toBeNull();
    expect(poolView(given(pair, pairRegistered()), 'pool-z.contoso.com')).toBeNull();
  });
});

describe('a view of copies', () => {
  it('is ordered by kind, then name, then parent, and names both pools with their stages', () => {
    const view = seen(
      poolA,
      created(poolB, 'queue', 'q1', {}, 'Alpha'),
      created(poolA, 'workflow', 'w2', {}, 'Zulu'),
      created(poolA, 'workflow', 'w1', {}, 'Beta'),
      outage(poolA),
    );
    expect(view).toMatchObject({ fqdn: poolA, stage: 'outage', partner: poolB, partnerStage: 'normal' });
    expect(view?.objects.map((entry) => entry.name)).toEqual(['Beta', 'Zulu', 'Alpha']);
  });

  it('labels a copy by the pool that is asked, while what is true of the copy stays the same', () => {
    const events = [
      workflow(poolA, 'help'),
      ...importedWorkflow(poolA, 'help'),
      ...until(poolA, 'failed-over'),
    ];
    const labels = (pool: string) => seen(pool, ...events)?.objects.map((entry) => entry.ownership);
    const truths = (pool: string) =>
      seen(pool, ...events)?.objects.map(({ tools, because }) => [tools, because]);
    expect(labels(poolA)).toEqual(['primary', 'imported']);
    expect(labels(poolB)).toEqual(['backup', 'imported']);
    expect(truths(poolB)).toEqual(truths(poolA));
  });

  it('follows pool B when pool B is the one that fails', () => {
    const view = changeable(poolB, workflow(poolB, 'help'), workflow(poolA, 'sales'), outage(poolB));
    expect(view?.objects).toMatchObject([
      {
        id: 'help',
        ownership: 'primary',
        tools: { managementShell: false },
        ...stated('outage/configuration/1'),
      },
      {
        id: 'sales',
        ownership: 'backup',
        tools: { managementShell: true },
        ...stated('outage/configuration/2'),
      },
    ]);
  });

  it('unites the reasons of the tools and of the console for an agent group', () => {
    const view = seen(poolA, agentGroup(poolA, 'agents'), outage(poolA));
    expect(view?.objects[0]).toMatchObject(stated('outage/configuration/1', 'outage/agent-console/1'));
    expect(seen(poolA, workflow(poolA, 'help'))?.objects[0]).not.toHaveProperty('agentConsole');
  });

  it('treats what a failed pool hosts for its partner as out of reach, by inference', () => {
    const view = changeable(
      poolA,
      workflow(poolA, 'help'),
      ...importedWorkflow(poolA, 'help'),
      ...until(poolA, 'failed-over'),
      outage(poolB),
    );
    expect(view?.objects[1]).toMatchObject({
      parent: poolB,
      tools: { controlPanel: false, configurationTool: false, managementShell: false },
      ...inferredBy('both-pools-down'),
    });
  });

  it('infers what holds while both pools are normal', () => {
    expect(seen(poolA, workflow(poolA, 'help'))?.objects[0]).toMatchObject({
      tools: { controlPanel: true, configurationTool: true, managementShell: true },
      ...inferredBy('normal-operation'),
    });
  });

  it('shares nothing with the state it is taken from', () => {
    const state = given(pair, pairRegistered(), agentGroup(poolA, 'agents'), outage(poolA));
    expect(visibilityView(state, poolA)?.objects[0]?.because).not.toBe(
      visibilityView(state, poolA)?.objects[0]?.because,
    );
    expect(visibilityView(state, poolA)).toEqual(JSON.parse(JSON.stringify(visibilityView(state, poolA))));
  });
});

describe('warnings of a copy', () => {
  const group = [agentGroup(poolA, 'agents'), ...importedAgentGroup(poolA, 'agents')];
  const warned = (...events: readonly Told[]) =>
    seen(poolA, ...events)?.objects.map((entry) => entry.warnings.map(({ code }) => code));

  it('tell that the owner removed the object, which silently took the copy out of service', () => {
    expect(warned(...group, removed(poolA, 'agent-group', 'agents'))).toEqual([['owner-removed']]);
  });

  it('tell of a copy that failback left behind, also after the incident is closed', () => {
    expect(warned(...group, ...until(poolA, 'failed-over'))).toEqual([[], []]);
    expect(warned(...group, ...until(poolA, 'failed-back'))).toEqual([[], ['leftover-copy']]);
    expect(warned(...group, ...until(poolA, 'failed-back'), incidentClosed(poolA))).toEqual([
      [],
      ['leftover-copy'],
    ]);
  });

  it('do not call a copy a leftover that was imported for the next incident', () => {
    expect(warned(...group)).toEqual([[], []]);
    const closed = [...until(poolA, 'failed-back'), incidentClosed(poolA)];
    expect(warned(...group, ...closed, ...importedAgentGroup(poolA, 'agents'))).toEqual([[], []]);
  });
});
