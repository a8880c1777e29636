import { describe, expect, it } from '@jest/globals';
import { evolvePair, type PairFacts } from '../../facts/pair.js';
import { disasterModeOf } from '../../policy/disaster-mode.js';
import { serviceNamed, serviceNames } from '../../policy/services.js';
import { stages } from '../../policy/stages.js';
import { given } from '../support/given.js';
import { recorded, type Told } from '../support/recorded.js';
import { paired, poolA, poolB, until } from '../support/story.js';

const stopped = { pool: poolA, service: 'response-group', state: 'stopped' } as const;

describe('A service', () => {
  it('is reported, once; of what Front End servers run, on all of them unless it is said otherwise', () => {
    given(paired)
      .when('report-service', stopped)
      .then({ type: 'ServiceReported', data: { ...stopped, frontEnds: 'all' } })
      .warning('restart-first')
      .again()
      .thenHolds()
      .story.when('report-service-stopped', { pool: poolA, service: 'response-group' })
      .thenHolds()
      .story.when('report-service', { ...stopped, frontEnds: 'some' })
      .then({ type: 'ServiceReported', data: { ...stopped, frontEnds: 'some' } });
    given(paired)
      .when('report-service', { pool: poolA, service: 'file-share', state: 'stopped', reason: 'Full' })
      .then({
        type: 'ServiceReported',
        data: { pool: poolA, service: 'file-share', state: 'stopped', reason: 'Full' },
      });
  });

  it('that Front End servers have nothing to do with has no number of them, and one that runs on some is stopped on some', () => {
    given(paired)
      .when('report-service', { pool: poolA, service: 'site-link', state: 'stopped', frontEnds: 'all' })
      .thenInvalid('/frontEnds')
      .story.when('report-service', { ...stopped, state: 'running', frontEnds: 'some' })
      .thenInvalid('/frontEnds');
  });

  it('may be the back-end database, which has a report of its own', () => {
    given(paired)
      .when('report-service-stopped', { pool: poolA, service: 'back-end-database' })
      .then({ type: 'BackEndDatabaseReported', data: { pool: poolA, state: 'unavailable' } })
      .again()
      .thenHolds();
  });

  it('has names in words and names that Windows has, of which none means two', () => {
    expect(serviceNamed(' rtcrgs ')).toBe('response-group');
    expect(serviceNamed('MASTER')).toBe('central-management-store');
    expect(serviceNamed('W3SVC')).toBeUndefined();
    expect(serviceNamed('')).toBeUndefined();
    expect(serviceNamed('service')).toBeUndefined();
    expect(new Set(serviceNames).size).toBe(serviceNames.length);
  });

  it.each([
    ['Skype for Business Server Response Group', 'response-group'],
    ['Lync Server Response Group', 'response-group'],
    ['lync server response group service', 'response-group'],
    ['Response Group', 'response-group'],
    ['ResponseGroup', 'response-group'],
    ['Skype for Business Server Front-End', 'front-end'],
    ['Lync Server Front-End', 'front-end'],
    ['front end', 'front-end'],
    ['Skype for Business Server Master Replicator Agent', 'central-management-store'],
    ['Lync Server File Transfer Agent', 'central-management-store'],
    ['centralManagementStore', 'central-management-store'],
    ['fileshare', 'file-share'],
    ['File Share', 'file-share'],
    ['site link', 'site-link'],
    ['backEndDatabase', 'back-end-database'],
    ['back-end database', 'back-end-database'],
  ])('are understood as Windows shows them and however they are spelled: %s', (name, service) => {
    expect(serviceNamed(name)).toBe(service);
  });

  it('are not those of another service of the product', () => {
    for (const name of ['Lync Server Call Park', 'RTCCAA', 'Skype for Business Server', 'REPLICA'])
      expect(serviceNamed(name)).toBeUndefined();
  });

  it('is forgotten of a pool that serves again, as far as its own servers run it', () => {
    given(paired)
      .and(
        { type: 'ServiceReported', data: { ...stopped, frontEnds: 'all' } },
        { type: 'ServiceReported', data: { pool: poolA, service: 'file-share', state: 'stopped' } },
        until(poolA, 'outage'),
        { type: 'OutageEnded', data: { pool: poolA } },
      )
      .when('report-service', stopped)
      .thenAccepted('ServiceReported')
      .story.when('report-service', { pool: poolA, service: 'file-share', state: 'stopped' })
      .thenHolds();
  });
});

describe('-DisasterMode', () => {
  const facts = { fqdn: poolA, stage: 'normal', backEndDatabase: 'unknown', frontEndsStopped: null } as const;

  it('is for a pool that is down, or cannot hand its data over', () => {
    const modes = stages.map((stage) => [stage, disasterModeOf({ ...facts, stage }).disasterMode]);
    expect(modes.filter(([, mode]) => mode).map(([stage]) => stage)).toEqual(['outage']);
    for (const stage of stages)
      expect(disasterModeOf({ ...facts, stage, backEndDatabase: 'unavailable' }).disasterMode).toBe(true);
    expect(disasterModeOf({ ...facts, frontEndsStopped: 'all' }).disasterMode).toBe(true);
    const both = disasterModeOf({ ...facts, backEndDatabase: 'unavailable', frontEndsStopped: 'all' });
    expect(both.why).not.toContain('servers are up');
    expect(both.why).toContain('stopped on all Front End servers as well');
    expect(disasterModeOf({ ...facts, frontEndsStopped: 'some' }).disasterMode).toBe(false);
    expect(disasterModeOf({ ...facts, backEndDatabase: 'available' }).disasterMode).toBe(false);
  });

  it('is what the record makes of it where nobody says, and a warning where somebody says otherwise', () => {
    const databaseDown = {
      type: 'BackEndDatabaseReported',
      data: { pool: poolA, state: 'unavailable' },
    } as const;
    const failover = { pool: poolA, backup: poolB };
    given(paired, databaseDown)
      .when('initiate-failover', { pool: poolA })
      .then({ type: 'FailoverInitiated', data: { ...failover, disasterMode: true } })
      .warning();
    given(paired, databaseDown)
      .when('initiate-failover', { pool: poolA, disasterMode: false })
      .then({ type: 'FailoverInitiated', data: { ...failover, disasterMode: false } })
      .warning('disaster-mode-missing');
    given(paired)
      .when('initiate-failover', { pool: poolA, disasterMode: true })
      .warning('disaster-mode-not-needed');
    given(paired).when('initiate-failover', { pool: poolA, disasterMode: false }).warning();
    given(paired, { type: 'ServiceReported', data: { ...stopped, service: 'front-end', frontEnds: 'all' } })
      .when('initiate-failover', { pool: poolA })
      .then({ type: 'FailoverInitiated', data: { ...failover, disasterMode: true } });
  });
});

describe('A failover', () => {
  it('is warned of the Central Management store where it is on that pool, or down', () => {
    const onA = { pool: poolA, service: 'central-management-store', state: 'running' } as const;
    const failing = { pool: poolA, disasterMode: false };
    given(paired, { type: 'ServiceReported', data: onA })
      .when('initiate-failover', failing)
      .warning('central-management-first');
    given(paired, { type: 'ServiceReported', data: onA })
      .and({ type: 'ServiceReported', data: { ...onA, pool: poolB } })
      .when('initiate-failover', failing)
      .warning();
    given(paired, { type: 'ServiceReported', data: { ...onA, pool: poolB, state: 'stopped' } })
      .when('initiate-failover', failing)
      .warning('central-management-first');
  });

  it('is warned of a network between the sites that is down, by the last report of either end', () => {
    const link = { service: 'site-link', state: 'stopped' } as const;
    given(paired, { type: 'ServiceReported', data: { ...link, pool: poolB } })
      .when('initiate-failover', { pool: poolA })
      .warning('site-link-down')
      .story.and({ type: 'ServiceReported', data: { ...link, pool: poolA, state: 'running' } })
      .when('initiate-failover', { pool: poolA })
      .warning();
  });
});

describe('The Central Management store', () => {
  const runsOn = (pool: string) =>
    ({
      type: 'ServiceReported',
      data: { pool, service: 'central-management-store', state: 'running' },
    }) as const;
  const storesAfter = (...events: readonly Told[]) =>
    recorded(events)
      .reduce<PairFacts | null>(evolvePair, null)
      ?.pools.map(({ services }) => services?.['central-management-store']?.state ?? null);

  it('is on one pool at a time: where it was reported last to run', () => {
    expect(storesAfter(paired, runsOn(poolA), runsOn(poolB))).toEqual([null, 'running']);
    expect(storesAfter(paired, runsOn(poolA), runsOn(poolB), runsOn(poolA))).toEqual(['running', null]);
  });

  it('stays where it runs while the other pool reports that it is stopped there', () => {
    const stopped = { ...runsOn(poolB).data, state: 'stopped' } as const;
    expect(storesAfter(paired, runsOn(poolA), { type: 'ServiceReported', data: stopped })).toEqual([
      'running',
      'stopped',
    ]);
  });
});
