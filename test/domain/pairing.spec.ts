import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { pairIdOf } from '../../src/domain/pair-id.js';
import { given } from '../support/given.js';
import { B, P, paired, pairId } from '../support/story.js';

const poolsPaired: PoolkeeperEvent = { type: 'PoolsPaired', data: { pairId, pools: [P, B] } };
const bothPools = [{ fqdn: P }, { fqdn: B }] as const;

describe('Two pools', () => {
  it('are paired first, then registered as a pair, then it holds', () => {
    given()
      .when('register-pair', { pools: [{ fqdn: P, site: 'Redmond' }, { fqdn: B }] })
      .then(poolsPaired)
      .again()
      .then({
        type: 'PairRegistered',
        data: {
          pairId,
          pools: [
            { fqdn: P, site: 'Redmond' },
            { fqdn: B, site: null },
          ],
          readings: { 'calls-on-live-backup': 'literal' },
        },
      })
      .again()
      .thenHolds(pairId);
  });

  it('are one pair, in whatever order they are named', () => {
    expect(pairIdOf([B.toUpperCase(), P])).toBe(pairId);
    expect(pairId).toMatch(/^[0-9a-f]{12}$/);
    given(poolsPaired, paired)
      .when('register-pair', { pools: [bothPools[1], bothPools[0]] })
      .thenHolds(pairId);
  });

  it('are two', () => {
    given()
      .when('register-pair', { pools: [{ fqdn: P }, { fqdn: P.toUpperCase() }] })
      .thenInvalid('/pools/1/fqdn');
  });

  it('are not paired with a third, on either side', () => {
    const third = { fqdn: 'third.contoso.com' };
    for (const pools of [
      [{ fqdn: P }, third],
      [third, { fqdn: P }],
    ] as const) {
      given(poolsPaired)
        .when('register-pair', { pools })
        .thenRefused({ rule: 'pairing-is-one-to-one', detail: new RegExp(B) });
    }
  });
});

describe('Readings', () => {
  it('are chosen at registration only from what there is to choose', () => {
    given()
      .when('register-pair', {
        pools: bothPools,
        readings: { 'calls-on-live-backup': 'maybe', 'carried-over': 'x' },
      })
      .thenInvalid('/readings/calls-on-live-backup', '/readings/carried-over');
  });

  it('are chosen again with choose-reading, not by registering again', () => {
    given(poolsPaired, paired)
      .when('register-pair', { pools: bothPools, readings: { 'calls-on-live-backup': 'survive' } })
      .thenRefused({ rule: 'pair-is-registered', allowed: ['choose-reading'] });
    given(poolsPaired, paired)
      .when('choose-reading', { pool: P, reading: 'calls-on-live-backup', choice: 'survive' })
      .then({ type: 'ReadingChosen', data: { pool: P, reading: 'calls-on-live-backup', choice: 'survive' } })
      .again()
      .thenHolds();
  });

  it('that leave no choice, and choices that do not exist, are pointed at', () => {
    given(paired)
      .when('choose-reading', { pool: P, reading: 'carried-over', choice: 'x' })
      .thenInvalid('/reading');
    given(paired)
      .when('choose-reading', { pool: P, reading: 'calls-on-live-backup', choice: 'x' })
      .thenInvalid('/choice');
  });
});

describe('Registering again', () => {
  it('with another site is refused', () => {
    given(poolsPaired, paired)
      .when('register-pair', { pools: [{ fqdn: P, site: 'Sydney' }, { fqdn: B }] })
      .thenRefused({ rule: 'pair-is-registered', detail: /Redmond/ });
  });
});
