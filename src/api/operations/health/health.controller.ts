import { Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult } from '@nestjs/terminus';
import { PoolkeeperController } from '../../http/poolkeeper-controller.js';
import { HealthReport, type Degraded } from './health-report.js';

@PoolkeeperController('health')
export class HealthController {
  constructor(private readonly report: HealthReport) {}

  @Get()
  @HealthCheck()
  @ApiOperation({ operationId: 'health', summary: 'Whether the store answers and the views follow it' })
  check(): Promise<HealthCheckResult | Degraded> {
    return this.report.make();
  }

  @Get('live')
  @ApiOperation({
    operationId: 'healthLiveness',
    summary: 'Whether the process answers, whatever the state of the store: where it does not, restart it',
  })
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  @ApiOperation({
    operationId: 'healthReadiness',
    summary: 'The same as /health: whether requests are to be sent here',
  })
  ready(): Promise<HealthCheckResult | Degraded> {
    return this.report.make();
  }
}
