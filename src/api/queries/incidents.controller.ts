import { Get, Header, Headers, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { reportHtml } from '../../../projections/incidents/report/html.js';
import { reportMarkdown } from '../../../projections/incidents/report/markdown.js';
import { style } from '../../../projections/incidents/report/style.js';
import { reaches, type Principal } from '../../access/principal.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { Requester } from '../../runtime/requester.js';
import { IncidentQueries } from '../../runtime/queries/incident-queries.js';
import { Failed, mapped, type Result } from '../../runtime/result.js';
import { AskedBy } from '../access/principal-of.js';
import { TextReply } from '../http/http-reply.js';
import { policyOfPage } from '../http/security-headers.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FromClient } from '../http/requester.js';
import { cursorOfIncidents } from './cursor.js';
import { incidentFilter, IncidentsQueryDto, ReportQueryDto, type ReportFormat } from './incidents.dto.js';
import { FqdnParam, IdParam } from './params.js';
import { ViewQueryDto, viewQuery } from './query.dto.js';

@PoolkeeperController('v1')
export class IncidentsController {
  constructor(private readonly incidentQueries: IncidentQueries) {}

  @Get('incidents')
  @ApiOperation({
    operationId: 'incidents',
    summary: 'The incidents of all pools, the latest first: phases, recovery, calls cut off',
  })
  async incidents(
    @Query() query: IncidentsQueryDto,
    @FromClient() requester: Requester,
    @AskedBy() principal: Principal,
  ): Promise<Result<AnswerOf<'incidents'>>> {
    const result = await this.incidentQueries.all(
      viewQuery(query, requester),
      incidentFilter(query),
      (pool) => reaches(principal, pool),
    );
    return mapped(result, withCursor);
  }

  @Get('pools/:fqdn/incidents')
  @ApiOperation({ operationId: 'pool-incidents', summary: 'The incidents of one pool, the latest first' })
  async ofPool(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: IncidentsQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'pool-incidents'>>> {
    const result = await this.incidentQueries.ofPool(
      fqdn,
      viewQuery(query, requester),
      incidentFilter(query),
    );
    return mapped(result, withCursor);
  }

  @Get('incidents/:id')
  @ApiOperation({
    operationId: 'incident',
    summary: 'One incident: how long each phase took and who ended it, what it cost, who was refused what',
  })
  incident(
    @Param('id', IdParam) id: string,
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'incident'>>> {
    return this.incidentQueries.incident(id, viewQuery(query, requester));
  }

  @Get('incidents/:id/report')
  @Header('vary', 'Accept')
  @ApiOperation({
    operationId: 'report',
    summary: 'The report of an incident, for people who were not there',
    description:
      'As JSON, as Markdown to paste, or as one HTML page to print, with drawings and without script. It ends with the position and the hash of the last event of the log that it was written from.',
  })
  async report(
    @Param('id', IdParam) id: string,
    @Query() query: ReportQueryDto,
    @FromClient() requester: Requester,
    @Headers('accept') accept: string | undefined,
  ): Promise<Result<AnswerOf<'report'>> | TextReply> {
    const format = query.format ?? formatFor(accept ?? '');
    const report = await this.incidentQueries.report(id, viewQuery(query, requester));
    if (format === 'json' || report instanceof Failed) return report;
    const { mediaType, textOf, policy } = written[format];
    const { value, version } = report;
    // Each representation needs a different entity tag.
    return new TextReply(mediaType, textOf(value), version === null ? null : `${version}-${format}`, policy);
  }
}

/** What is named first: a browser names HTML first and takes anything. */
function formatFor(accept: string): ReportFormat {
  const [first] = accept.matchAll(/application\/json|text\/markdown|text\/html/g);
  if (first?.[0] === 'text/html') return 'html';
  return first?.[0] === 'text/markdown' ? 'markdown' : 'json';
}

const written = {
  markdown: { mediaType: 'text/markdown', textOf: reportMarkdown, policy: null },
  html: { mediaType: 'text/html', textOf: reportHtml, policy: policyOfPage(style) },
} as const;

const withCursor = <Page extends { readonly next: string | null }>(page: Page): Page => ({
  ...page,
  next: page.next === null ? null : cursorOfIncidents(page.next),
});
