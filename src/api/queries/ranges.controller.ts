import { Readable } from 'node:stream';
import { Get, Param, Query, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AnswerOf } from '../../contract/answers.js';
import { RangeQueries, type Replay } from '../../runtime/queries/range-queries.js';
import type { Requester } from '../../runtime/requester.js';
import { Failed, Ok, type Result } from '../../runtime/result.js';
import { FromClient } from '../http/requester.js';
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
  async diff(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: DiffQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'diff'>> | undefined> {
    const range = timeRangeOf(query, requester);
    if (requester.bodyless) return (await this.ranges.refusal(fqdn, range)) ?? undefined;
    return await this.ranges.diff(fqdn, range);
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
    @FromClient() requester: Requester,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const range = timeRangeOf(query, requester);
    const replay = requester.bodyless
      ? ((await this.ranges.refusal(fqdn, range)) ?? new Ok(null))
      : await this.ranges.replay(fqdn, range);
    if (replay instanceof Failed) {
      void reply.send(replay);
      return;
    }
    void reply.type(newlineDelimitedJson).header('cache-control', 'no-store');
    const { value } = replay;
    void reply.send(value === null ? '' : this.underWay.add(Readable.from(linesOf(value))));
  }

  onModuleDestroy(): void {
    this.underWay.end();
  }
}

async function* linesOf(replay: Replay): AsyncGenerator<string, void, undefined> {
  for await (const steps of replay) {
    if (steps.length > 0) yield steps.map((step) => `${JSON.stringify(step)}\n`).join('');
  }
}
