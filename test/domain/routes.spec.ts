/** The two ways out of a failover: what is warned of on each, and what leads on where the new pool is lost as well. */
import { describe, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { given, type Story } from '../support/given.js';
import { createdInFull, helpDesk } from '../support/objects.js';
import {
  failoverCompleted,
  failoverInitiated,
  outage,
  paired,
  poolA,
  poolB,
  poolC,
  poolReplaced,
  until,
} from '../support/story.js';

const poolD = 'pool-d.contoso.com';
const replacement = { failed: poolA, replacement: poolC };
const failedOver = (): Story => given(paired, until(poolA, 'failed-over'));
const chosen = (route: 'failback' | 'replacement'): PoolkeeperEvent => ({
  type: 'RouteChosen',
  data: { pool: poolA, route, replacement: null },
});
const stopped = (service: 'response-group' | 'file-share'): PoolkeeperEvent => ({
  type: 'ServiceReported',
  data: { pool: poolC, service, state: 'stopped' },
});

describe('A way out of a failover', () => {
  it('that is not the one that was chosen is warned of, on either', () => {
    failedOver()
      .and(chosen('failback'))
      .when('replace-pool', replacement)
      .warning('another-route-was-chosen');
    failedOver()
      .and(chosen('replacement'))
      .when('failback', { pool: poolA })
      .warning('another-route-was-chosen');
    failedOver().and(chosen('failback')).when('failback', { pool: poolA }).warning();
    failedOver().and(chosen('replacement')).when('replace-pool', replacement).warning();
  });

  it('by a replacement is warned of where nothing says that the pool was ever out', () => {
    const planned = [failoverInitiated(poolA, false), failoverCompleted(poolA)];
    const choice = { pool: poolA, route: 'replacement', replacement: poolC } as const;
    given(paired, planned).when('replace-pool', replacement).warning('replaced-pool-was-up');
    given(paired, planned).when('choose-route', choice).warning('replaced-pool-was-up');
    const drill: PoolkeeperEvent = {
      type: 'OutageDeclared',
      data: { pool: poolA, backEndDatabase: 'unavailable', reason: null, site: null, drill: true },
    };
    const drilled = (): Story => given(paired, drill, failoverInitiated(poolA), failoverCompleted(poolA));
    drilled().when('replace-pool', replacement).warning('replaced-pool-was-up');
    drilled().when('choose-route', choice).warning('replaced-pool-was-up');
    drilled().when('choose-route', { pool: poolA, route: 'failback' }).warning();
    failedOver().when('replace-pool', replacement).warning();
    failedOver().when('choose-route', choice).warning();
  });

  it('to a new pool whose services are on record as stopped is warned of; it serves then', () => {
    const replaced = (): Story => failedOver().and(poolReplaced());
    const complete = ['complete-replacement', { pool: poolC }] as const;
    replaced()
      .and(stopped('response-group'))
      .when(...complete)
      .warning('services-on-record-as-stopped');
    replaced()
      .and(stopped('file-share'))
      .when(...complete)
      .warning();
    replaced()
      .when(...complete)
      .warning();
  });
});

describe('A pool that comes back', () => {
  it('is warned of where its services are on record as stopped, which is over then', () => {
    const down = (): PoolkeeperEvent => ({
      type: 'ServiceReported',
      data: { pool: poolA, service: 'front-end', state: 'stopped' },
    });
    failedOver().and(down()).when('failback', { pool: poolA }).warning('services-on-record-as-stopped');
    given(paired, outage(poolA), down())
      .when('end-outage', { pool: poolA })
      .warning('services-on-record-as-stopped');
    failedOver().when('failback', { pool: poolA }).warning();
    given(paired, outage(poolA)).when('end-outage', { pool: poolA }).warning();
  });
});

describe('A new pool that is lost before it serves', () => {
  const replaced = (): Story => failedOver().and(poolReplaced());

  it('is replaced in its turn', () => {
    replaced()
      .when('declare-outage', { pool: poolC })
      .thenRefused({ rule: 'stage-change', allowed: ['complete-replacement', 'replace-pool'] });
    replaced().when('replace-pool', { failed: poolC, replacement: poolD }).thenAccepted('PoolReplaced');
  });
});

describe('A pool that stands in', () => {
  it('is paired with the new one by replace-pool alone', () => {
    given(paired, createdInFull(poolA, helpDesk), until(poolA, 'failed-over'))
      .when('unpair', { pool: poolB })
      .thenRefused({
        rule: 'unpaired-outside-incidents',
        allowed: ['failback', 'complete-failback', 'close-incident', 'replace-pool'].map(
          (one) => `${one} ${poolA}`,
        ),
      });
    given(paired, outage(poolA))
      .when('unpair', { pool: poolB })
      .thenRefused({ rule: 'unpaired-outside-incidents', allowed: [`end-outage ${poolA}`] });
  });
});

describe('A replacement that is recorded again', () => {
  const because: PoolkeeperEvent = {
    type: 'PoolReplaced',
    data: { pool: poolA, replacement: poolC, site: 'Redmond', reason: 'Fire' },
  };
  const story = (): Story => failedOver().and(because);

  it('is a repeat where nothing is said otherwise', () => {
    story().when('replace-pool', replacement).thenHolds();
    story()
      .when('replace-pool', { ...replacement, site: 'Redmond', reason: 'Fire' })
      .thenHolds();
  });

  it.each([{ site: 'Bonn' }, { reason: 'Flood' }])(
    'is refused with %j, which is not so on record',
    (other) => {
      story()
        .when('replace-pool', { ...replacement, ...other })
        .thenRefused({ rule: 'recorded-otherwise' });
    },
  );

  it('is refused with another time', () => {
    const later = story();
    later.world.at = '2030-01-01T00:00:00.000Z';
    later.when('replace-pool', replacement).thenRefused({ rule: 'recorded-otherwise' });
  });
});
