import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import type { JsonObject } from '../../../events/envelope.js';
import { Reply } from '../../runtime/reply.js';
import { Poolkeeper } from '../../runtime/poolkeeper.js';
import { behind } from './metrics/store-status.js';

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly poolkeeper: Poolkeeper,
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  @Get()
  @HealthCheck()
  @ApiOperation({ operationId: 'health', summary: 'Whether the store answers and the views follow it' })
  async check(): Promise<Reply> {
    return await this.ready();
  }

  @Get('live')
  @ApiOperation({
    operationId: 'healthLiveness',
    summary: 'Whether the process answers, whatever becomes of the store: where it does not, start it anew',
  })
  live(): Reply {
    return new Reply(200, { status: 'ok' });
  }

  @Get('ready')
  @HealthCheck()
  @ApiOperation({
    operationId: 'healthReadiness',
    summary: 'The same as /health: whether requests are to be sent here',
  })
  async ready(): Promise<Reply> {
    const result = await this.health.check([() => this.store(), () => this.views()]);
    return new Reply(200, result as object as JsonObject);
  }

  private async store(): Promise<Indicated> {
    const indicator = this.indicators.check('store');
    const { store, runner } = this.poolkeeper;
    const status = store.status?.();
    // Not asked again while it is tried to reach it: a health check must not wait for a deadline.
    const isFollowed = status === undefined || (status.following && runner.isFollowing);
    if (!isFollowed && status.lastError !== null) {
      return indicator.down({ server: status.server, reason: status.lastError });
    }
    try {
      const position = await store.lastPosition();
      const { lastError = null } = status ?? {};
      return indicator.up({ position: String(position ?? 0n), ...(lastError === null ? {} : { lastError }) });
    } catch (error) {
      return indicator.down({ reason: error instanceof Error ? error.message : String(error) });
    }
  }

  private views(): Indicated {
    const indicator = this.indicators.check('views');
    const { failure, state, isFollowing } = this.poolkeeper.runner;
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
      const reason = failure instanceof Error ? failure.message : String(failure);
      return indicator.down({ position, ...lag, reason });
    }
    if (!isFollowing || status?.following === false) {
      return indicator.down({ position, ...lag, reason: status?.lastError ?? 'the log is still being read' });
    }
    const deadLetters = this.poolkeeper.letters.list().length;
    return indicator.up({ position, ...lag, ...(deadLetters === 0 ? {} : { deadLetters }) });
  }
}

type Indicated = HealthIndicatorResult;
