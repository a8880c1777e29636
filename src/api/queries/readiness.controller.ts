import { Controller, Get, Header, Headers, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Poolkeeper } from '../../runtime/poolkeeper.js';
import type { Reply } from '../../runtime/reply.js';
import { FqdnParam } from './params.js';
import { RunbookQueryDto, ViewQueryDto, viewQuery } from './query.dto.js';

/** `{fqdn}` is the pool in the role of the one that fails. */
@ApiTags('Views of a pool')
@Controller('v1/pools')
export class ReadinessController {
  constructor(private readonly poolkeeper: Poolkeeper) {}

  @Get(':fqdn/readiness')
  @ApiOperation({
    operationId: 'readiness',
    summary:
      'What would be lost or go wrong if this pool failed now or never came back, or what is to come home',
    description:
      'Each finding has its severity, the objects, why (with its sources), what to do (the exact PowerShell), and how much it adds to what is at stake.',
  })
  readiness(@Param('fqdn', FqdnParam) fqdn: string, @Query() query: ViewQueryDto): Promise<Reply> {
    return this.poolkeeper.readiness.readiness(fqdn, viewQuery(query));
  }

  @Get(':fqdn/runbook')
  @Header('vary', 'Accept')
  @ApiOperation({
    operationId: 'runbook',
    summary:
      'The next steps for this pair, each with its exact PowerShell; those that are done are ticked off',
  })
  @ApiResponse({
    status: 200,
    description: 'As JSON, or as Markdown to paste, as `format` or the Accept header asks.',
    content: {
      'application/json': { schema: { type: 'object' } },
      'text/markdown': { schema: { type: 'string' } },
    },
  })
  runbook(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: RunbookQueryDto,
    @Headers('accept') accept: string | undefined,
  ): Promise<Reply> {
    const { readiness } = this.poolkeeper;
    const format = query.format ?? (accept?.includes('text/markdown') === true ? 'markdown' : 'json');
    return format === 'markdown'
      ? readiness.runbookAsMarkdown(fqdn, viewQuery(query))
      : readiness.runbook(fqdn, viewQuery(query));
  }
}
