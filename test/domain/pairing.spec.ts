import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { pairIdOf } from '../../src/domain/pair-id.js';
import { given } from '../support/given.js';
import { paired, pairId, poolA, poolB } from '../support/story.js';

const poolsPaired: PoolkeeperEvent = { type: 'PoolsPaired', data: { pairId, pools: [poolA, poolB] } };
const bothPools = [{ fqdn: poolA }, { fqdn: poolB }] as const;

describe('Two pools', () => {
  it('are paired first, then registered as a pair, then it holds', () => {
    given()
      .when('register-pair', { pools: [{ fqdn: poolA, site: 'Redmond' }, { fqdn: poolB }] })
      .then(poolsPaired)
      .again()
      .then({
        type: 'PairRegistered',
        data: {
          pairId,
          pools: [
            { fqdn: poolA, site: 'Redmond' },
            { fqdn: poolB, site: null },
          ],
          readings: { 'calls-on-live-backup': 'literal' },
        },
      })
      .again()
      .thenHolds(pairId);
  });

  it('are one pair, in whatever order they are named', () => {
    expect(pairIdOf([poolB.toUpperCase(), poolA])).toBe(pairId);
    expect(pairId).toMatch(/^[0-9a-f]{12}$/);
    given(poolsPaired, paired)
      .when('register-pair', { pools: [bothPools[1], bothPools[0]] })
      .thenHolds(pairId);
  });

  it('are two', () => {
    given()
      .when('register-pair', { pools: [{ fqdn: poolA }, { fqdn: poolA.toUpperCase() }] })
      .thenInvalid('/pools/1/fqdn');
  });

  it('have names of more than one label, but for those that a log of before has', () => {
    given()
      .when('register-pair', { pools: [{ fqdn: 'pool-a' }, { fqdn: poolB }] })
      .thenInvalid('/pools/0/fqdn');
    given()
      .when('register-pair', { pools: [{ fqdn: poolA }, { fqdn: 'pool-b' }] })
      .thenInvalid('/pools/1/fqdn');
    const short = ['pool-a', 'pool-b'] as const;
    const pools = [{ fqdn: short[0] }, { fqdn: short[1] }] as const;
    const id = pairIdOf(short);
    given(
      { type: 'PoolsPaired', data: { pairId: id, pools: short } },
      {
        type: 'PairRegistered',
        data: {
          pairId: id,
          pools: [
            { fqdn: short[0], site: null },
            { fqdn: short[1], site: null },
          ],
          readings: { 'calls-on-live-backup': 'literal' },
        },
      },
    )
      .when('register-pair', { pools })
      .thenHolds(id)
      .story.when('declare-outage', { pool: 'pool-a' })
      .thenAccepted('OutageDeclared');
  });

  it('are paired by mistake, until anything is on record of them: then each can be paired anew', () => {
    const mistaken = () => given(poolsPaired, paired);
    mistaken()
      .when('unregister-pair', { pool: poolB, reason: 'Mistyped' })
      .then(
        { type: 'PoolsUnpaired', data: { pairId, pools: [poolA, poolB] } },
        { type: 'PairUnregistered', data: { pairId, pools: [poolA, poolB], reason: 'Mistyped' } },
      )
      .next()
      .when('register-pair', { pools: [{ fqdn: poolA }, { fqdn: 'third.contoso.com' }] })
      .thenAccepted('PoolsPaired');
    mistaken()
      .when('unregister-pair', { pool: poolA })
      .next()
      .when('register-pair', { pools: bothPools })
      .then(poolsPaired)
      .again()
      .thenAccepted('PairRegistered');
    mistaken()
      .and({ type: 'OutageEnded', data: { pool: poolA } })
      .when('unregister-pair', { pool: poolA })
      .thenRefused({ rule: 'pair-has-history', detail: /1 OutageEnded/ });
    mistaken()
      .and({ type: 'AgentRegistered', data: { agent: 'sip:kim@contoso.com', homePool: poolA } })
      .when('unregister-pair', { pool: poolA })
      .thenRefused({ rule: 'pair-has-history', detail: /1 agents/ });
    mistaken()
      .and({
        type: 'ReadingChosen',
        data: { pool: poolA, reading: 'calls-on-live-backup', choice: 'survive' },
      })
      .when('unregister-pair', { pool: poolA })
      .thenAccepted('PoolsUnpaired', 'PairUnregistered');
  });

  it('are not paired with a third, on either side', () => {
    const third = { fqdn: 'third.contoso.com' };
    for (const pools of [
      [{ fqdn: poolA }, third],
      [third, { fqdn: poolA }],
    ] as const) {
      given(poolsPaired)
        .when('register-pair', { pools })
        .thenRefused({ rule: 'pairing-is-one-to-one', detail: new RegExp(poolB) });
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
      .when('choose-reading', { pool: poolA, reading: 'calls-on-live-backup', choice: 'survive' })
      .then({
        type: 'ReadingChosen',
        data: { pool: poolA, reading: 'calls-on-live-backup', choice: 'survive' },
      })
      .again()
      .thenHolds();
  });

  it('that leave no choice, and choices that do not exist, are pointed at', () => {
    given(paired)
      .when('choose-reading', { pool: poolA, reading: 'carried-over', choice: 'x' })
      .thenInvalid('/reading');
    given(paired)
      .when('choose-reading', { pool: poolA, reading: 'calls-on-live-backup', choice: 'x' })
      .thenInvalid('/choice');
  });
});

describe('The version of the product', () => {
  it('is not known until somebody says it, and set like anything that is recorded', () => {
    given().when('register-pair', { pools: bothPools, version: '2019' }).thenAccepted('PoolsPaired');
    const pairing = given().when('register-pair', { pools: bothPools, version: '2019' }).next();
    expect(pairing.when('register-pair', { pools: bothPools, version: '2019' }).decision).toMatchObject({
      events: [{ type: 'PairRegistered', data: { version: '2019' } }],
    });
    const known = given(poolsPaired, paired).when('set-version', { pool: poolB, version: 'subscription' });
    known
      .then({ type: 'VersionSet', data: { pool: poolB, version: 'subscription' } })
      .again()
      .thenHolds();
    known.story
      .when('register-pair', { pools: bothPools, version: '2013' })
      .thenRefused({ rule: 'pair-is-registered', allowed: ['set-version'], detail: /Subscription Edition/ });
    known.story.when('register-pair', { pools: bothPools, version: 'subscription' }).thenHolds();
    known.story.when('register-pair', { pools: bothPools }).thenHolds();
  });
});

describe('A reading that came later', () => {
  it('holds by its default where nobody chose it, also in a registration that is repeated', () => {
    const reading = 'sign-in-after-failback';
    given(paired).when('choose-reading', { pool: poolA, reading, choice: 'again' }).thenHolds();
    given(paired)
      .when('choose-reading', { pool: poolA, reading, choice: 'kept' })
      .then({ type: 'ReadingChosen', data: { pool: poolA, reading, choice: 'kept' } });
    given(poolsPaired, paired)
      .when('register-pair', { pools: bothPools, readings: { [reading]: 'again' } })
      .thenHolds(pairId);
  });
});

describe('Registering again', () => {
  it('with another site is refused', () => {
    given(poolsPaired, paired)
      .when('register-pair', { pools: [{ fqdn: poolA, site: 'Sydney' }, { fqdn: poolB }] })
      .thenRefused({ rule: 'pair-is-registered', detail: /Redmond/ });
  });
});
