import { inspect } from 'node:util';
import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import {
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import type { AccessParts } from '../../access/gate-options.js';
import { ACCESS_PARTS } from '../../access/tokens.js';
import type { Poolkeeper } from '../../../runtime/poolkeeper.js';
import type { Condition } from '../../../runtime/watch/conditions.js';
import { problemOf } from '../../../runtime/watch/verification-result.js';
import { POOLKEEPER } from '../../services/tokens.js';
import { behind } from '../metrics/store-health.js';

/** Everything is answered, and something is wrong. */
export interface Degraded extends Omit<HealthCheckResult, 'status'> {
  readonly status: 'degraded';
  readonly conditions: readonly Condition[];
}

/** Whether the store answers, and whether the views follow it. */
@Injectable()
export class HealthReport {
  constructor(
    @Inject(POOLKEEPER) private readonly poolkeeper: Poolkeeper,
    @Inject(ACCESS_PARTS) private readonly access: AccessParts,
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /**
   * Without details for whoever has not proved who they are: those name servers and files.
   * @throws ServiceUnavailableException with the report, where something is down
   */
  async make(withDetails: boolean): Promise<object> {
    try {
      const report = await this.health.check([
        () => this.store(),
        () => this.views(),
        () => this.disk(),
        () => this.verification(),
        () => this.keys(),
        () => this.identityProvider(),
        () => this.seals(),
      ]);
      const conditions = this.poolkeeper.watch.conditions.list();
      // Not down: what is asked is answered, and a restart would mend nothing.
      const now = conditions.length === 0 ? report : { ...report, status: 'degraded' as const, conditions };
      return withDetails ? now : withoutDetails(now);
    } catch (error) {
      if (withDetails || !(error instanceof ServiceUnavailableException)) throw error;
      throw new ServiceUnavailableException(withoutDetails({ status: 'error' }));
    }
  }

  /** The last good keys stay in force where their file cannot be used: that is a fault, and no reason to send nobody here. */
  private keys(): HealthIndicatorResult {
    const { keys } = this.access;
    if (keys === null) return {};
    const { fault } = keys;
    return this.indicators.check('keys').up(fault === null ? {} : { lastError: fault });
  }

  /** Keys of the provider that are known stay in force, and API keys hold without it. */
  private identityProvider(): HealthIndicatorResult {
    const { issuer } = this.access;
    if (issuer === null) return {};
    const { fault } = issuer;
    return this.indicators.check('identityProvider').up(fault === null ? {} : { lastError: fault });
  }

  private async store(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('store');
    const { store, runner } = this.poolkeeper;
    const status = store.status?.();
    // While it reconnects, the store is not asked: a health check must not wait for a deadline.
    const isFollowed = status === undefined || (status.following && runner.isFollowing);
    if (!isFollowed && status.lastError !== null) {
      return indicator.down({ server: status.server, reason: status.lastError });
    }
    const unwritable = store.condition?.().unwritable ?? null;
    if (unwritable !== null) return indicator.down({ reason: unwritable });
    try {
      const position = await store.lastPosition();
      const { lastError = null } = status ?? {};
      return indicator.up({ position: String(position ?? 0n), ...(lastError === null ? {} : { lastError }) });
    } catch (error) {
      return indicator.down({ reason: error instanceof Error ? error.message : String(error) });
    }
  }

  private disk(): HealthIndicatorResult {
    const indicator = this.indicators.check('disk');
    const { disk, conditions } = this.poolkeeper.watch;
    if (disk === null || disk.space === null) return indicator.up();
    const { free: freeBytes, size: sizeBytes } = disk.space;
    const reason = conditions.of('disk-full');
    return reason === null
      ? indicator.up({ freeBytes, sizeBytes })
      : indicator.down({ freeBytes, sizeBytes, reason });
  }

  private verification(): HealthIndicatorResult {
    const indicator = this.indicators.check('verification');
    const { last } = this.poolkeeper.verifier;
    if (last === null) return indicator.up({ last: null });
    const { verified, ended } = last;
    const problem = problemOf(verified);
    return indicator.up({ last: ended, good: problem === null, ...(problem === null ? {} : { problem }) });
  }

  /** Always up: the service records what happens whether it can seal it or not. Absent where nothing is sealed. */
  private seals(): HealthIndicatorResult {
    const status = this.poolkeeper.seals.sealing?.status;
    if (status === undefined) return {};
    const { last, onHold, fault } = status;
    return this.indicators.check('seals').up({
      sealed: last?.size ?? 0,
      ...(onHold === null ? {} : { onHold }),
      ...(fault === null ? {} : { fault }),
    });
  }

  private views(): HealthIndicatorResult {
    const indicator = this.indicators.check('views');
    const { failure, state, isFollowing, snapshotsFault } = this.poolkeeper.runner;
    const status = this.poolkeeper.store.status?.();
    const position = String(state.position);
    const lag =
      status === undefined
        ? {}
        : {
            lastKnown: String(status.lastKnown),
            lag: String(behind(status.lastKnown, status.handled)),
          };
    if (failure !== null) {
      const reason = failure instanceof Error ? failure.message : inspect(failure);
      return indicator.down({ position, ...lag, reason });
    }
    if (!isFollowing || status?.following === false) {
      return indicator.down({ position, ...lag, reason: status?.lastError ?? 'the log is still being read' });
    }
    const deadLetters = this.poolkeeper.letters.list().length;
    const fault = snapshotsFault === null ? {} : { snapshotsFault: snapshotsFault.message };
    return indicator.up({ position, ...lag, ...(deadLetters === 0 ? {} : { deadLetters }), ...fault });
  }
}

const withoutDetails = ({ status }: Pick<HealthCheckResult | Degraded, 'status'>): object => ({
  status,
  info: {},
  error: {},
  details: {},
});
