import { Readable } from 'node:stream';
import { Get, Param, Query, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditQueries } from '../../../runtime/queries/audit-queries.js';
import type { Requester } from '../../../runtime/requester.js';
import { Failed, mapped } from '../../../runtime/result.js';
import { FromClient } from '../../http/requester.js';
import { PoolkeeperController } from '../../http/poolkeeper-controller.js';
import { StreamsUnderWay } from '../../http/streams-under-way.js';
import { mediaTypeOf, preferredFormat, textOf, type AuditFormat } from './audit-formats.js';
import { auditPage, AuditQueryDto, refusePaging } from './audit-query.dto.js';
import { cursorOfTrail } from '../cursor.js';
import { FqdnParam } from '../params.js';
import { viewQuery } from '../query.dto.js';

@PoolkeeperController('v1/pools')
export class AuditController implements OnModuleDestroy {
  private readonly underWay = new StreamsUnderWay();

  constructor(private readonly audit: AuditQueries) {}

  @Get(':fqdn/audit-trail')
  @ApiOperation({
    operationId: 'audit-trail',
    summary: 'Everything that happened to the pool and its partner',
    description:
      'Events in the order of the log, each followed by what it did to calls: entries with `derived: true`, of the type CallsCutOff, at the position of their cause. `causedBy` names the entry that brought one about, `causes` those that follow from it and the events that it brought about in the same append. As `application/x-ndjson` or `text/csv` all entries that pass the filters come as one stream.',
  })
  async auditTrail(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: AuditQueryDto,
    @FromClient() requester: Requester,
    @Req() request: FastifyRequest,
    @Res() response: FastifyReply,
  ): Promise<void> {
    const format = query.format ?? preferredFormat(request.headers.accept);
    void response.header('vary', 'accept');
    const asked = viewQuery(query, requester);
    const page = auditPage(query);
    if (format !== 'json') refusePaging(query, format);
    if (requester.bodyless) {
      const refusal = await this.audit.refusal(fqdn, asked);
      void (refusal === null ? withHeaders(response, fqdn, format).send('') : response.send(refusal));
      return;
    }
    if (format === 'json') {
      const answer = mapped(await this.audit.trail(fqdn, asked, page), ({ next, previous, ...members }) => ({
        ...members,
        next: next === null ? null : cursorOfTrail(next),
        previous: previous === null ? null : cursorOfTrail(previous),
      }));
      void response.send(answer);
      return;
    }
    const entries = await this.audit.all(fqdn, asked, page);
    if (entries instanceof Failed) {
      void response.send(entries);
      return;
    }
    const text = this.underWay.add(Readable.from(textOf(entries.value, format), { highWaterMark: 1 }));
    void withHeaders(response, fqdn, format).send(text);
  }

  onModuleDestroy(): void {
    this.underWay.end();
  }
}

function withHeaders(response: FastifyReply, fqdn: string, format: AuditFormat): FastifyReply {
  const typed = response.type(`${mediaTypeOf(format)}; charset=utf-8`);
  if (format === 'json') return typed;
  return typed
    .header('content-disposition', `attachment; filename="audit-trail-${fqdn}.${format}"`)
    .header('cache-control', 'no-store');
}
