import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { AnswerOf } from '../../contract/answers.js';
import { TimelineQueries } from '../../runtime/queries/timeline-queries.js';
import type { Requester } from '../../runtime/requester.js';
import type { Result } from '../../runtime/result.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FromClient } from '../http/requester.js';
import { mostBuckets, TimelineQueryDto } from './incidents.dto.js';
import { IdParam } from './params.js';
import { viewQuery } from './query.dto.js';

@PoolkeeperController('v1')
export class TimelineController {
  constructor(private readonly timelineQueries: TimelineQueries) {}

  @Get('incidents/:id/timeline')
  @ApiOperation({
    operationId: 'timeline',
    summary: 'The course of an incident to be drawn: stages, calls and agents in buckets, marks',
    description:
      'Counts come from the views and not from the log: a course of a million calls takes as long as one of ten. Buckets in which nothing happened are left out.',
  })
  timeline(
    @Param('id', IdParam) id: string,
    @Query() query: TimelineQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'timeline'>>> {
    return this.timelineQueries.timeline(id, viewQuery(query, requester), mostBuckets(query));
  }
}
