import { describe, expect, it } from '@jest/globals';
import { given } from '../support/given.js';
import { paired, poolA, poolB, until } from '../support/story.js';

describe('An outage', () => {
  it('is declared with an unknown state of the database, unless the command gives one', () => {
    given(paired)
      .when('declare-outage', { pool: poolA })
      .then({
        type: 'OutageDeclared',
        data: { pool: poolA, backEndDatabase: 'unknown', reason: null, site: null },
      })
      .again()
      .thenHolds();
  });

  it('keeps what was reported of the database, for neither follows from the other', () => {
    given(paired, { type: 'BackEndDatabaseReported', data: { pool: poolA, state: 'unavailable' } })
      .when('declare-outage', { pool: poolA })
      .then({
        type: 'OutageDeclared',
        data: { pool: poolA, backEndDatabase: 'unavailable', reason: null, site: null },
      });
  });

  it('that is declared again with news of the database reports the news', () => {
    given(paired, until(poolA, 'outage'))
      .when('declare-outage', { pool: poolA, backEndDatabase: 'available' })
      .then({ type: 'BackEndDatabaseReported', data: { pool: poolA, state: 'available' } })
      .again()
      .thenHolds();
  });

  it('that is declared again for another reason is no repeat, and the record stays', () => {
    given(paired, until(poolA, 'outage'))
      .when('declare-outage', { pool: poolA, reason: 'Another storm' })
      .thenRefused({ rule: 'recorded-otherwise', allowed: [`declare-outage ${poolA}`], detail: /"power"/ });
    given(paired, until(poolA, 'outage'))
      .when('declare-outage', { pool: poolA, reason: 'power' })
      .thenHolds();
  });

  it('of the second pool is a fact, and warned of', () => {
    given(paired, until(poolA, 'failed-over'))
      .when('declare-outage', { pool: poolB })
      .thenAccepted('OutageDeclared')
      .warning('both-pools-down');
  });

  it('ends in normal, and ending it again says nothing new', () => {
    given(paired, until(poolA, 'outage'))
      .when('end-outage', { pool: poolA })
      .then({ type: 'OutageEnded', data: { pool: poolA } })
      .again()
      .thenHolds();
  });

  it('that never was does not end', () => {
    given(paired)
      .when('end-outage', { pool: poolA })
      .thenRefused({
        rule: 'stage-change',
        allowed: ['declare-outage', 'initiate-failover'],
        detail: /normal/,
      });
  });
});

describe('The reason of a step', () => {
  it.each([
    ['end-outage', 'outage', 'OutageEnded'],
    ['initiate-failover', 'outage', 'FailoverInitiated'],
    ['complete-failover', 'failing-over', 'FailoverCompleted'],
    ['failback', 'failed-over', 'FailbackInitiated'],
    ['complete-failback', 'failing-back', 'FailbackCompleted'],
    ['close-incident', 'failed-back', 'IncidentClosed'],
  ] as const)('is recorded with %s, and stays out where none is given', (command, stage, type) => {
    const reason = 'The alarm was a mistake';
    const withReason = given(paired, until(poolA, stage)).when(command, { pool: poolA, reason });
    expect(withReason.decision).toMatchObject({ events: [{ type, data: { pool: poolA, reason } }] });
    const { decision } = given(paired, until(poolA, stage)).when(command, { pool: poolA });
    const [event] = decision.outcome === 'accepted' ? decision.events : [];
    expect(event?.data ?? { reason }).not.toMatchObject({ reason });
  });

  it('is recorded with news of the database, also where the outage was declared before', () => {
    const told = { pool: poolA, state: 'available' as const, reason: 'SQL answers' };
    given(paired)
      .when('report-back-end-database', told)
      .then({ type: 'BackEndDatabaseReported', data: told });
    given(paired, until(poolA, 'outage'))
      .when('declare-outage', { pool: poolA, backEndDatabase: 'available', reason: 'SQL answers' })
      .then({ type: 'BackEndDatabaseReported', data: told });
  });
});

describe('A failover', () => {
  it.each([
    ['from an outage', 'outage', true],
    ['from normal', 'normal', false],
    ['from failed-back', 'failed-back', false],
  ] as const)('%s is in disaster mode: as the stage tells', (_, stage, disasterMode) => {
    given(paired, until(poolA, stage))
      .when('initiate-failover', { pool: poolA })
      .then({ type: 'FailoverInitiated', data: { pool: poolA, backup: poolB, disasterMode } });
  });

  it('is in the mode that was asked for', () => {
    given(paired)
      .when('initiate-failover', { pool: poolA, disasterMode: true })
      .then({ type: 'FailoverInitiated', data: { pool: poolA, backup: poolB, disasterMode: true } });
  });

  it.each(['outage', 'failing-over', 'failed-over'] as const)('does not go to a partner in %s', (stage) => {
    given(paired, until(poolB, stage))
      .when('initiate-failover', { pool: poolA })
      .thenRefused({ rule: 'backup-pool-must-be-up', because: ['backup-pool-must-be-up'] });
  });

  it.each([
    ['outage', 'initiate-failover'],
    ['normal', 'declare-outage'],
  ] as const)('that fails goes back to %s', (stage, next) => {
    given(paired, until(poolA, stage))
      .and({ type: 'FailoverInitiated', data: { pool: poolA, backup: poolB, disasterMode: false } })
      .when('fail-failover', { pool: poolA, reason: 'CMS is down' })
      .then({ type: 'FailoverFailed', data: { pool: poolA, reason: 'CMS is down' } })
      .again()
      .thenHolds()
      .next()
      .when(next, { pool: poolA })
      .thenAccepted(next === 'declare-outage' ? 'OutageDeclared' : 'FailoverInitiated');
  });

  it('completes once', () => {
    given(paired, until(poolA, 'failing-over'))
      .when('complete-failover', { pool: poolA })
      .then({ type: 'FailoverCompleted', data: { pool: poolA, reason: null } })
      .again()
      .thenHolds();
  });

  it('does not begin while failed over', () => {
    given(paired, until(poolA, 'failed-over'))
      .when('initiate-failover', { pool: poolA })
      .thenRefused({ rule: 'stage-change', because: ['stage-change'], allowed: ['failback'] });
  });
});

describe('A failback', () => {
  it('leads from failed-over by failing-back to failed-back, and closing the incident to normal', () => {
    given(paired, until(poolA, 'failed-over'))
      .when('failback', { pool: poolA })
      .then({ type: 'FailbackInitiated', data: { pool: poolA } })
      .again()
      .thenHolds()
      .next()
      .when('complete-failback', { pool: poolA })
      .then({ type: 'FailbackCompleted', data: { pool: poolA, reason: null } })
      .again()
      .thenHolds()
      .next()
      .when('close-incident', { pool: poolA })
      .then({ type: 'IncidentClosed', data: { pool: poolA } })
      .again()
      .thenHolds();
  });

  it('that fails leaves the pool failed over', () => {
    given(paired, until(poolA, 'failing-back'))
      .when('fail-failback', { pool: poolA, reason: 'hydration' })
      .then({ type: 'FailbackFailed', data: { pool: poolA, reason: 'hydration' } })
      .again()
      .thenHolds()
      .next()
      .when('failback', { pool: poolA })
      .thenAccepted('FailbackInitiated');
  });

  it('during which the pool fails again has failed: no outage is declared', () => {
    given(paired, until(poolA, 'failing-back'))
      .when('declare-outage', { pool: poolA })
      .thenRefused({ rule: 'stage-change', allowed: ['complete-failback', 'fail-failback'] });
  });

  it('is followed by a new incident where the pool fails again', () => {
    given(paired, until(poolA, 'failed-back'))
      .when('declare-outage', { pool: poolA })
      .thenAccepted('OutageDeclared');
  });
});

describe('The back-end database', () => {
  it('is reported in any stage, once', () => {
    given(paired)
      .when('report-back-end-database', { pool: poolA, state: 'unavailable' })
      .then({ type: 'BackEndDatabaseReported', data: { pool: poolA, state: 'unavailable' } })
      .again()
      .thenHolds();
  });
});

describe('A pool that no pair has', () => {
  it('is unknown', () => {
    given(paired).when('failback', { pool: 'elsewhere.contoso.com' }).thenUnknown('/pool');
    given(paired)
      .when('import-response-groups', { destination: 'elsewhere.contoso.com', exportId: 'x' })
      .thenUnknown('/destination');
  });
});
