import { Get, Header, Headers, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { runbookMarkdown } from '../../../projections/runbook/markdown.js';
import type { AnswerOf } from '../../contract/answers.js';
import { ReadinessQueries } from '../../runtime/queries/readiness-queries.js';
import { Failed, type Result } from '../../runtime/result.js';
import { TextReply } from '../http/http-reply.js';
import type { Requester } from '../../runtime/requester.js';
import { FromClient } from '../http/requester.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FqdnParam } from './params.js';
import { RunbookQueryDto, ViewQueryDto, viewQuery } from './query.dto.js';

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
  readiness(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'readiness'>>> {
    return this.readinessQueries.readiness(fqdn, viewQuery(query, requester));
  }

  @Get(':fqdn/runbook')
  @Header('vary', 'Accept')
  @ApiOperation({
    operationId: 'runbook',
    summary:
      'The next steps for this pair, each with its exact PowerShell; those that are done are ticked off',
  })
  async runbook(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: RunbookQueryDto,
    @FromClient() requester: Requester,
    @Headers('accept') accept: string | undefined,
  ): Promise<Result<AnswerOf<'runbook'>> | TextReply> {
    const format = query.format ?? (accept?.includes('text/markdown') === true ? 'markdown' : 'json');
    const runbook = await this.readinessQueries.runbook(fqdn, viewQuery(query, requester));
    if (format === 'json' || runbook instanceof Failed) return runbook;
    const { value, version } = runbook;
    // Each representation needs a different entity tag.
    return new TextReply('text/markdown', markdownOf(value), version === null ? null : `${version}-markdown`);
  }
}

const markdownOf = (runbook: AnswerOf<'runbook'>): string =>
  runbook.stage === null
    ? `# Runbook for ${runbook.fqdn}\n\nIt was not registered at that moment.\n`
    : runbookMarkdown(runbook);
