import { Get, Header, Headers, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { configurationHtml } from '../../../projections/configuration/html.js';
import { configurationCsv } from '../../../projections/configuration/rows.js';
import { style } from '../../../projections/configuration/style.js';
import { page, markup } from '../../../text/html.js';
import type { AnswerOf } from '../../contract/answers.js';
import { ConfigurationQueries } from '../../runtime/queries/configuration-queries.js';
import type { Requester } from '../../runtime/requester.js';
import { Failed, type Result } from '../../runtime/result.js';
import { TextReply } from '../http/http-reply.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FromClient } from '../http/requester.js';
import { policyOfPage } from '../http/security-headers.js';
import { FqdnParam } from './params.js';
import { ConfigurationQueryDto, viewQuery, type ConfigurationFormat } from './query.dto.js';

const mediaTypes = { csv: 'text/csv', html: 'text/html' } as const;

@PoolkeeperController('v1/pools')
export class ConfigurationController {
  constructor(private readonly queries: ConfigurationQueries) {}

  @Get(':fqdn/configuration')
  @Header('vary', 'Accept')
  @ApiOperation({
    operationId: 'configuration',
    summary: 'What is on record of the response groups of the pool and its partner, with their agents',
    description:
      'Each object with its properties; each response group as people speak of it: number, queues, groups, agents, hours. As CSV a row for each agent group that a call may reach, as HTML one page to read and print.',
  })
  async configuration(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: ConfigurationQueryDto,
    @FromClient() requester: Requester,
    @Headers('accept') accept: string | undefined,
  ): Promise<Result<AnswerOf<'configuration'>> | TextReply> {
    const format = query.format ?? formatFor(accept ?? '');
    const found = await this.queries.configuration(fqdn, viewQuery(query, requester));
    if (format === 'json' || found instanceof Failed) return found;
    const { value, version } = found;
    return new TextReply(
      mediaTypes[format],
      format === 'csv' ? csvOf(value) : htmlOf(value),
      // Each representation needs a different entity tag.
      version === null ? null : `${version}-${format}`,
      format === 'html' ? policyOfPage(style) : null,
    );
  }
}

/** What is named first: a browser names HTML first and takes anything. */
function formatFor(accept: string): ConfigurationFormat {
  const [first] = accept.matchAll(/application\/json|text\/csv|text\/html/g);
  if (first?.[0] === 'text/html') return 'html';
  return first?.[0] === 'text/csv' ? 'csv' : 'json';
}

const csvOf = (answer: AnswerOf<'configuration'>): string =>
  configurationCsv(answer.stage === null ? { responseGroups: [], unreached: [] } : answer);

function htmlOf(answer: AnswerOf<'configuration'>): string {
  if (answer.stage === null)
    return page({
      title: answer.fqdn,
      style,
      body: markup`<p>${answer.fqdn} was not registered at that moment.</p>`,
    });
  const { position, asOf } = answer;
  return configurationHtml(
    answer,
    `On record ${asOf === null ? 'now' : `as of ${asOf}`}, position ${position}.`,
  );
}
