import { describe, expect, it } from '@jest/globals';
import { stepsByHand } from '../../policy/runbook/steps.js';
import { given } from '../support/given.js';
import {
  incidentClosed,
  outage,
  outageEnded,
  paired,
  pairId,
  poolA,
  poolB,
  until,
} from '../support/story.js';

const byHand = stepsByHand.map((id) => `tick-step --step ${id}`);

describe('Targets', () => {
  it('are set for the pair, and one that is not named stays', () => {
    given(paired)
      .when('set-targets', { pool: poolA, recoveryTime: 1_800_000 })
      .then({ type: 'TargetsSet', data: { pool: poolA, recoveryTime: 1_800_000, recoveryPoint: null } })
      .next()
      .when('set-targets', { pool: poolB, recoveryPoint: 60_000 })
      .then({ type: 'TargetsSet', data: { pool: poolB, recoveryTime: 1_800_000, recoveryPoint: 60_000 } })
      .again()
      .thenHolds();
  });

  it('are taken back', () => {
    given(paired, { type: 'TargetsSet', data: { pool: poolA, recoveryTime: 1, recoveryPoint: 2 } })
      .when('set-targets', { pool: poolA, recoveryTime: 'none' })
      .then({ type: 'TargetsSet', data: { pool: poolA, recoveryTime: null, recoveryPoint: 2 } });
  });

  it('are not taken back where none were set, and must be named', () => {
    given(paired).when('set-targets', { pool: poolA, recoveryTime: 'none' }).thenHolds();
    given(paired).when('set-targets', { pool: poolA }).thenInvalid('/recoveryTime');
    given(paired).when('set-targets', { pool: 'pool-x.contoso.com', recoveryTime: 1 }).thenUnknown('/pool');
  });
});

describe('A note', () => {
  const text = 'The vendor was called';
  const told = (incident: number, more: object = {}) =>
    ({
      type: 'IncidentAnnotated',
      data: { pool: poolA, incident: `${pairId}-${incident}`, text, ...more },
    }) as const;

  it('is of the incident that is under way', () => {
    given(paired, until(poolA, 'failed-over')).when('annotate-incident', { pool: poolA, text }).then(told(1));
  });

  it('is of the latest incident of the pool, also when that is over', () => {
    given(paired, until(poolA, 'failed-back'), incidentClosed(poolA), outage(poolB))
      .when('annotate-incident', { pool: poolA, text })
      .then(told(1));
  });

  it('is of the earlier incident in whose course its moment lies', () => {
    const at = '2025-01-15T03:00:02.000Z';
    given(paired, outage(poolA), outageEnded(poolA), outage(poolA))
      .when('annotate-incident', { pool: poolA, text, at })
      .then(told(1, { at }))
      .again()
      .thenHolds();
  });

  it('needs an incident', () => {
    given(paired, outage(poolB))
      .when('annotate-incident', { pool: poolA, text })
      .thenRefused({
        rule: 'no-incident',
        // Its partner is down: a failover would be refused.
        allowed: [`declare-outage ${poolA}`],
      });
  });
});

describe('A step of the runbook', () => {
  const ticked = (more: object = {}) =>
    ({
      type: 'StepTicked',
      data: { pool: poolA, incident: `${pairId}-1`, step: 'central-management', ...more },
    }) as const;

  it('that no event completes is ticked off once; another note is news', () => {
    given(paired, outage(poolA))
      .when('tick-step', { pool: poolA, step: 'central-management' })
      .then(ticked())
      .again()
      .thenHolds();
    given(paired, outage(poolA), ticked())
      .when('tick-step', { pool: poolA, step: 'central-management', note: 'Settled' })
      .then(ticked({ note: 'Settled' }))
      .again()
      .thenHolds();
  });

  it.each(['fail-over', 'import-to-backup', 'central-managment', 'nothing'])(
    '"%s" is not ticked off by hand: those that are are named',
    (step) => {
      given(paired, outage(poolA))
        .when('tick-step', { pool: poolA, step })
        .thenRefused({ rule: 'step-not-by-hand', allowed: byHand, detail: /central-management/ });
    },
  );

  it('is ticked off while an incident is under way', () => {
    given(paired, outage(poolA), outageEnded(poolA))
      .when('tick-step', { pool: poolA, step: 'central-management' })
      .thenRefused({ rule: 'no-incident' });
  });
});

describe('A drill', () => {
  const drill = { ...outage(poolA), data: { ...outage(poolA).data, drill: true as const } };

  it('is declared with the first command of its incident', () => {
    given(paired)
      .when('declare-outage', { pool: poolA, reason: 'power', drill: true })
      .then(drill)
      .again()
      .thenHolds();
    given(paired)
      .when('initiate-failover', { pool: poolA, drill: true })
      .then({
        type: 'FailoverInitiated',
        data: { pool: poolA, backup: poolB, disasterMode: false, drill: true },
      });
  });

  it('goes on without being declared again, and may be named again', () => {
    const failover = {
      type: 'FailoverInitiated',
      data: { pool: poolA, backup: poolB, disasterMode: true },
    } as const;
    given(paired, drill).when('initiate-failover', { pool: poolA }).then(failover);
    given(paired, drill).when('initiate-failover', { pool: poolA, drill: true }).then(failover);
    given(paired).when('declare-outage', { pool: poolA, drill: false }).thenAccepted('OutageDeclared');
  });

  it('is not turned into a failure, nor a failure into a drill', () => {
    given(paired, drill)
      .when('initiate-failover', { pool: poolA, drill: false })
      .thenRefused({
        rule: 'drill-from-the-first',
        allowed: [`initiate-failover ${poolA}`],
        detail: /a drill/,
      });
    given(paired, outage(poolA))
      .when('initiate-failover', { pool: poolA, drill: true })
      .thenRefused({ rule: 'drill-from-the-first', detail: /real/ });
    given(paired, outage(poolA))
      .when('declare-outage', { pool: poolA, drill: true, backEndDatabase: 'available' })
      .thenRefused({ rule: 'drill-from-the-first' });
    given(paired, until(poolA, 'failing-over'))
      .when('initiate-failover', { pool: poolA, drill: true })
      .thenRefused({ rule: 'drill-from-the-first' });
  });

  it('may follow an incident that is not closed: another begins', () => {
    given(paired, until(poolA, 'failed-back'))
      .when('initiate-failover', { pool: poolA, drill: true })
      .thenAccepted('FailoverInitiated');
    expect(
      given(paired, until(poolA, 'failed-back')).when('declare-outage', { pool: poolA, drill: true })
        .decision,
    ).toMatchObject({ events: [{ data: { drill: true } }] });
  });
});
