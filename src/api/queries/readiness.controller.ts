import { Get, Header, Headers, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { ReadinessQueries } from '../../runtime/queries/readiness-queries.js';
import type { Reply } from '../../runtime/reply.js';
import { FqdnParam } from './params.js';
import { RunbookQueryDto, ViewQueryDto, viewQuery } from './query.dto.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

/** `{fqdn}` is the pool in the role of the one that fails. */
@PoolkeeperController('v1/pools')
export class ReadinessController {
  constructor(private readonly readinessQueries: ReadinessQueries) {}

  @Get(':fqdn/readiness')
  @ApiOperation({
    operationId: 'readiness',
    summary:
      'What would be lost or go wrong if this pool failed now or never came back, or what is to come home',
    description:
      'Each finding has its severity, the objects, why (with its sources), what to do (the exact PowerShell), and how much it adds to what is at stake.',
  })
  readiness(@Param('fqdn', FqdnParam) fqdn: string, @Query() query: ViewQueryDto): Promise<Reply> {
    return this.readinessQueries.readiness(fqdn, viewQuery(query));
  }

  @Get(':fqdn/runbook')
  @Header('vary', 'Accept')
  @ApiOperation({
    operationId: 'runbook',
    summary:
      'The next steps for this pair, each with its exact PowerShell; those that are done are ticked off',
  })
  runbook(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: RunbookQueryDto,
    @Headers('accept') accept: string | undefined,
  ): Promise<Reply> {
    const format = query.format ?? (accept?.includes('text/markdown') === true ? 'markdown' : 'json');
    return format === 'markdown'
      ? this.readinessQueries.runbookAsMarkdown(fqdn, viewQuery(query))
      : this.readinessQueries.runbook(fqdn, viewQuery(query));
  }
}
