import { Readable } from 'node:stream';
import { Get, Param, Query, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditQueries } from '../../../runtime/queries/audit-queries.js';
import { Failed, mapped } from '../../../runtime/result.js';
import { PoolkeeperController } from '../../http/poolkeeper-controller.js';
import { StreamsUnderWay } from '../../http/streams-under-way.js';
import { mediaTypeOf, preferredFormat, textOf } from './audit-formats.js';
import { auditFilter, auditPage, AuditQueryDto, refusePaging } from './audit-query.dto.js';
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
    @Req() request: FastifyRequest,
    @Res() response: FastifyReply,
  ): Promise<void> {
    const format = query.format ?? preferredFormat(request.headers.accept);
    void response.header('vary', 'accept');
    if (format === 'json') {
      const page = await this.audit.trail(fqdn, viewQuery(query), auditPage(query));
      const answer = mapped(page, ({ next, ...members }) => ({
        ...members,
        next: next === null ? null : cursorOfTrail(next),
      }));
      void response.send(answer);
      return;
    }
    refusePaging(query, format);
    const entries = await this.audit.all(fqdn, viewQuery(query), auditFilter(query));
    if (entries instanceof Failed) {
      void response.send(entries);
      return;
    }
    void response
      .type(`${mediaTypeOf(format)}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="audit-trail-${fqdn}.${format}"`)
      .header('cache-control', 'no-store');
    // The answer to a HEAD of a stream would wait until the stream is read to its end.
    void response.send(
      request.method === 'HEAD'
        ? ''
        : this.underWay.add(Readable.from(textOf(entries.value, format), { highWaterMark: 1 })),
    );
  }

  onModuleDestroy(): void {
    this.underWay.end();
  }
}
