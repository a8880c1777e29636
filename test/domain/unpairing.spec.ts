/** A pairing ends, and each pool goes on in no pair. */
import { describe, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { given } from '../support/given.js';
import { createdAndImported, createdInFull, helpDesk } from '../support/objects.js';
import { outage, paired, pairId, poolA, poolB, unpaired, until } from '../support/story.js';

const night: PoolkeeperEvent = { type: 'PoolsPaired', data: { pairId, pools: [poolA, poolB] } };
const pools = [poolA, poolB] as const;
/** All that pool A had on pool B is owned by pool B from now on. */
const moved: PoolkeeperEvent = {
  type: 'ObjectModified',
  data: {
    pool: poolB,
    kind: 'workflow',
    id: 'help-desk',
    name: null,
    owner: poolB,
    properties: {},
    tool: null,
  },
};
const pair = () => given(night, paired);

describe('Two pools of a pair', () => {
  it('back each other up until the pairing is ended, by either name', () => {
    pair()
      .when('unpair', { pool: poolB, reason: 'Dublin closes' })
      .then(
        { type: 'PoolsUnpaired', data: { pairId, pools } },
        { type: 'PairEnded', data: { pairId, pools, reason: 'Dublin closes' } },
      )
      .next()
      .when('unpair', { pool: poolA })
      .thenHolds(pairId)
      .story.when('unpair', { pool: poolA, reason: 'Another one' })
      .thenRefused({ rule: 'recorded-otherwise' });
  });

  it.each(['outage', 'failing-over', 'failed-over', 'failing-back', 'failed-back'] as const)(
    'stay a pair while one of them is in stage %s',
    (stage) => {
      pair()
        .and(createdInFull(poolA, helpDesk), until(poolA, stage))
        .when('unpair', { pool: poolB })
        .thenRefused({ rule: 'unpaired-outside-incidents', detail: new RegExp(stage) });
    },
  );

  it('are a pair no longer once the one that failed owns nothing any more: it is given up', () => {
    pair()
      .and(createdAndImported(poolA, helpDesk), until(poolA, 'failed-over'), moved)
      .when('unpair', { pool: poolB })
      .then(
        { type: 'PoolsUnpaired', data: { pairId, pools } },
        { type: 'PairEnded', data: { pairId, pools, givenUp: poolA } },
      )
      .warning('pool-given-up')
      .next()
      .when('failback', { pool: poolA })
      .thenRefused({ rule: 'in-a-pair' });
  });

  it('are told of the copies that stay where they are', () => {
    pair()
      .and(createdAndImported(poolA, helpDesk))
      .when('unpair', { pool: poolA })
      .thenAccepted('PoolsUnpaired', 'PairEnded')
      .warning('copies-stay');
  });
});

describe('A pool in no pair', () => {
  it('goes down and comes back', () => {
    given(night, paired, ...unpaired)
      .when('declare-outage', { pool: poolA })
      .thenAccepted('OutageDeclared')
      .next()
      .when('end-outage', { pool: poolA })
      .thenAccepted('OutageEnded');
  });

  it('is failed over to nobody', () => {
    for (const events of [[], [outage(poolA)]]) {
      given(night, paired, ...unpaired, ...events)
        .when('initiate-failover', { pool: poolA })
        .thenRefused({ rule: 'in-a-pair', detail: /register-pair/ });
    }
  });
});
