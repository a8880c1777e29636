import { Get, Req } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { HealthCheck } from '@nestjs/terminus';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../../access/principal-of.js';
import { PoolkeeperController } from '../../http/poolkeeper-controller.js';
import { HealthReport } from './health-report.js';

@PoolkeeperController('health')
export class HealthController {
  constructor(private readonly report: HealthReport) {}

  @Get()
  @HealthCheck()
  @ApiOperation({ operationId: 'health', summary: 'Whether the store answers and the views follow it' })
  check(@Req() request: FastifyRequest): Promise<object> {
    return this.report.make(principalOf(request) !== null);
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
  ready(@Req() request: FastifyRequest): Promise<object> {
    return this.report.make(principalOf(request) !== null);
  }
}
