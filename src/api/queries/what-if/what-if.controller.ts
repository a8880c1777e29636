import { Readable } from 'node:stream';
import { Body, HttpCode, Param, Post, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiBody, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WhatIfQueries, type WhatIfRequest } from '../../../runtime/queries/what-if/what-if-queries.js';
import type { Requester } from '../../../runtime/requester.js';
import { PoolkeeperController } from '../../http/poolkeeper-controller.js';
import { FromClient } from '../../http/requester.js';
import { StreamsUnderWay } from '../../http/streams-under-way.js';
import { preferredFormat } from '../audit/audit-formats.js';
import { momentOf } from '../moments.js';
import { FqdnParam } from '../params.js';
import { alternativesOf } from './edits.js';
import { WhatIfDto } from './what-if.dto.js';
import { whatIfLines } from './what-if-lines.js';

const example: WhatIfDto = {
  from: '2026-11-24T00:00:00Z',
  alternatives: [
    {
      name: 'Had the pool failed, and been failed over after twelve minutes',
      edits: [
        {
          add: {
            command: 'declare-outage',
            body: { pool: 'pool-a.contoso.com' },
            at: '2026-11-24T10:18:00Z',
          },
        },
        {
          add: {
            command: 'initiate-failover',
            body: { pool: 'pool-a.contoso.com' },
            at: '2026-11-24T10:24:00Z',
          },
        },
        {
          add: {
            command: 'complete-failover',
            body: { pool: 'pool-a.contoso.com' },
            at: '2026-11-24T10:30:00Z',
          },
        },
      ],
    },
  ],
};

@PoolkeeperController('v1/pools')
export class WhatIfController implements OnModuleDestroy {
  private readonly underWay = new StreamsUnderWay();

  constructor(private readonly queries: WhatIfQueries) {}

  @Post(':fqdn/what-if')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'what-if',
    summary: 'How a span of what happened would have gone, had some of it been otherwise',
    description:
      'The facts of the pair and its calls in the order in which they happened, folded as recorded and once for each alternative. As `application/x-ndjson`, which the Accept header asks for, lines say how far the work is, and the last one is the result, or the problem for which there is none. Nothing is stored.',
  })
  @ApiBody({
    type: WhatIfDto,
    examples: { 'what-if': { summary: 'A failure that never happened', value: example } },
  })
  async whatIf(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Body() body: WhatIfDto,
    @FromClient() requester: Requester,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked: WhatIfRequest = {
      from: momentOf('from', body.from),
      to: body.to === undefined ? null : momentOf('to', body.to),
      alternatives: alternativesOf(body.alternatives),
      stillWaiting: body.assume === 'still-waiting',
    };
    const asLines = preferredFormat(request.headers.accept) === 'ndjson';
    void reply.header('vary', 'accept').header('cache-control', 'no-store');
    void reply.type(`application/${asLines ? 'x-ndjson' : 'json'}; charset=utf-8`);
    if (!asLines) {
      void reply.send(await this.queries.whatIf(fqdn, asked, requester));
      return;
    }
    const lines = whatIfLines(
      (onProgress) => this.queries.whatIf(fqdn, asked, requester, onProgress),
      request,
    );
    void reply.send(this.underWay.add(Readable.from(lines)));
  }

  onModuleDestroy(): void {
    this.underWay.end();
  }
}
