import { Get, Header } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Metrics } from './metrics.js';
import { PoolkeeperController } from '../../http/poolkeeper-controller.js';

@PoolkeeperController('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'metrics', summary: 'What is measured, in the text format of Prometheus' })
  async get(): Promise<string> {
    return await this.metrics.text();
  }
}
