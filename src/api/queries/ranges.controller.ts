import { Readable } from 'node:stream';
import { Get, Param, Query, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerOf } from '../../contract/answers.js';
import { RangeQueries, type Replay } from '../../runtime/queries/range-queries.js';
import { Failed, type Result } from '../../runtime/result.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { StreamsUnderWay } from '../http/streams-under-way.js';
import { FqdnParam } from './params.js';
import { DiffQueryDto, ReplayQueryDto, timeRangeOf } from './range.dto.js';

const newlineDelimitedJson = 'application/x-ndjson; charset=utf-8';

/** What happened to a pool between two moments. */
@PoolkeeperController('v1/pools')
export class RangesController implements OnModuleDestroy {
  private readonly underWay = new StreamsUnderWay();

  constructor(private readonly ranges: RangeQueries) {}

  @Get(':fqdn/diff')
  @ApiOperation({
    operationId: 'diff',
    summary: 'What changed between two moments in stage, visibility, editability and calls, and what did it',
  })
  diff(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: DiffQueryDto,
  ): Promise<Result<AnswerOf<'diff'>>> {
    return this.ranges.diff(fqdn, timeRangeOf(query));
  }

  @Get(':fqdn/replay')
  @ApiOperation({
    operationId: 'replay',
    summary: 'Every event of the pair and its calls between two moments, with what it did',
    description:
      'One JSON object a line, in the order of the log: the event, the stages of both pools after it, the column of the matrix that the pool follows then, the numbers of its calls, and what the event did.',
  })
  async replay(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: ReplayQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const replay = await this.ranges.replay(fqdn, timeRangeOf(query));
    if (replay instanceof Failed) {
      void reply.send(replay);
      return;
    }
    void reply.type(newlineDelimitedJson).header('cache-control', 'no-store');
    // The answer to a HEAD of a stream would wait until the stream is read to its end.
    void reply.send(request.method === 'HEAD' ? '' : this.underWay.add(Readable.from(linesOf(replay.value))));
  }

  onModuleDestroy(): void {
    this.underWay.end();
  }
}

async function* linesOf(replay: Replay): AsyncGenerator<string, void, undefined> {
  for await (const steps of replay) yield steps.map((step) => `${JSON.stringify(step)}\n`).join('');
}
