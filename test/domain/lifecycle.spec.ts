import { describe, it } from '@jest/globals';
import { given } from '../support/given.js';
import { B, P, paired, reaching } from '../support/story.js';

describe('An outage', () => {
  it('is declared with a database of which nothing is known, unless it is told', () => {
    given(paired)
      .when('declare-outage', { pool: P })
      .then({
        type: 'OutageDeclared',
        data: { pool: P, backEndDatabase: 'unknown', reason: null, site: null },
      })
      .again()
      .thenHolds();
  });

  it('keeps what was reported of the database, for neither follows from the other', () => {
    given(paired, { type: 'BackEndDatabaseReported', data: { pool: P, state: 'unavailable' } })
      .when('declare-outage', { pool: P })
      .then({
        type: 'OutageDeclared',
        data: { pool: P, backEndDatabase: 'unavailable', reason: null, site: null },
      });
  });

  it('that is declared again with news of the database reports the news', () => {
    given(paired, reaching('outage'))
      .when('declare-outage', { pool: P, backEndDatabase: 'available' })
      .then({ type: 'BackEndDatabaseReported', data: { pool: P, state: 'available' } })
      .again()
      .thenHolds();
  });

  it('of the second pool is a fact, and warned of', () => {
    given(paired, reaching('failed-over'))
      .when('declare-outage', { pool: B })
      .thenAccepted('OutageDeclared')
      .warning('both-pools-down');
  });

  it('ends in normal, and ending it again says nothing new', () => {
    given(paired, reaching('outage'))
      .when('end-outage', { pool: P })
      .then({ type: 'OutageEnded', data: { pool: P } })
      .again()
      .thenHolds();
  });

  it('that never was does not end', () => {
    given(paired)
      .when('end-outage', { pool: P })
      .thenRefused({
        rule: 'stage-change',
        allowed: ['declare-outage', 'initiate-failover'],
        detail: /normal/,
      });
  });
});

describe('A failover', () => {
  it.each([
    ['from an outage', 'outage', true],
    ['from normal', 'normal', false],
    ['from failed-back', 'failed-back', false],
  ] as const)('%s is in disaster mode: as the stage tells', (_, stage, disasterMode) => {
    given(paired, reaching(stage))
      .when('initiate-failover', { pool: P })
      .then({ type: 'FailoverInitiated', data: { pool: P, backup: B, disasterMode } });
  });

  it('is in the mode that was asked for', () => {
    given(paired)
      .when('initiate-failover', { pool: P, disasterMode: true })
      .then({ type: 'FailoverInitiated', data: { pool: P, backup: B, disasterMode: true } });
  });

  it.each(['outage', 'failing-over', 'failed-over'] as const)('does not go to a partner in %s', (stage) => {
    given(paired, reaching(stage, B))
      .when('initiate-failover', { pool: P })
      .thenRefused({ rule: 'backup-pool-must-be-up', because: ['backup-pool-must-be-up'] });
  });

  it.each([
    ['outage', 'initiate-failover'],
    ['normal', 'declare-outage'],
  ] as const)('that fails goes back to %s', (stage, next) => {
    given(paired, reaching(stage))
      .and({ type: 'FailoverInitiated', data: { pool: P, backup: B, disasterMode: false } })
      .when('fail-failover', { pool: P, reason: 'CMS is down' })
      .then({ type: 'FailoverFailed', data: { pool: P, reason: 'CMS is down' } })
      .again()
      .thenHolds()
      .next()
      .when(next, { pool: P })
      .thenAccepted(next === 'declare-outage' ? 'OutageDeclared' : 'FailoverInitiated');
  });

  it('completes once', () => {
    given(paired, reaching('failing-over'))
      .when('complete-failover', { pool: P })
      .then({ type: 'FailoverCompleted', data: { pool: P, reason: null } })
      .again()
      .thenHolds();
  });

  it('does not begin while failed over', () => {
    given(paired, reaching('failed-over'))
      .when('initiate-failover', { pool: P })
      .thenRefused({ rule: 'stage-change', because: ['stage-change'], allowed: ['failback'] });
  });
});

describe('A failback', () => {
  it('leads from failed-over by failing-back to failed-back, and closing the incident to normal', () => {
    given(paired, reaching('failed-over'))
      .when('failback', { pool: P })
      .then({ type: 'FailbackInitiated', data: { pool: P } })
      .again()
      .thenHolds()
      .next()
      .when('complete-failback', { pool: P })
      .then({ type: 'FailbackCompleted', data: { pool: P, reason: null } })
      .again()
      .thenHolds()
      .next()
      .when('close-incident', { pool: P })
      .then({ type: 'IncidentClosed', data: { pool: P } })
      .again()
      .thenHolds();
  });

  it('that fails leaves the pool failed over', () => {
    given(paired, reaching('failing-back'))
      .when('fail-failback', { pool: P, reason: 'hydration' })
      .then({ type: 'FailbackFailed', data: { pool: P, reason: 'hydration' } })
      .again()
      .thenHolds()
      .next()
      .when('failback', { pool: P })
      .thenAccepted('FailbackInitiated');
  });

  it('during which the pool fails again has failed: no outage is declared', () => {
    given(paired, reaching('failing-back'))
      .when('declare-outage', { pool: P })
      .thenRefused({ rule: 'stage-change', allowed: ['complete-failback', 'fail-failback'] });
  });

  it('is followed by a new incident where the pool fails again', () => {
    given(paired, reaching('failed-back')).when('declare-outage', { pool: P }).thenAccepted('OutageDeclared');
  });
});

describe('The back-end database', () => {
  it('is reported in any stage, once', () => {
    given(paired)
      .when('report-back-end-database', { pool: P, state: 'unavailable' })
      .then({ type: 'BackEndDatabaseReported', data: { pool: P, state: 'unavailable' } })
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
