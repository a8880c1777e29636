import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { CallQueries } from '../../runtime/queries/call-queries.js';
import type { AnswerOf } from '../../contract/answers.js';
import { mapped, type Result } from '../../runtime/result.js';
import { cursorOfCalls } from './cursor.js';
import { CallIdParam, FqdnParam } from './params.js';
import { callFilter, CallsQueryDto, ViewQueryDto, viewQuery } from './query.dto.js';
import type { Requester } from '../../runtime/requester.js';
import { FromClient } from '../http/requester.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

@PoolkeeperController('v1')
export class CallViewsController {
  constructor(private readonly callQueries: CallQueries) {}

  @Get('calls/:id')
  @ApiOperation({
    operationId: 'call',
    summary: 'One call: how it stands, why, and its history',
    description:
      'Where two instances of the service have accepted the same new id for two pairs at the same moment, it is the open call of the pair that was registered first, and `alsoInPairs` holds the ids of the other pairs in which one is open.',
  })
  call(
    @Param('id', CallIdParam) id: string,
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'call'>>> {
    return this.callQueries.call(id, viewQuery(query, requester));
  }

  @Get('pools/:fqdn/calls')
  @ApiOperation({
    operationId: 'calls',
    summary: "Calls of the pool's response groups, in the order of arrival or the latest first",
  })
  async calls(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: CallsQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'calls'>> | undefined> {
    const [asked, filter] = [viewQuery(query, requester), callFilter(query)];
    if (requester.bodyless) return (await this.callQueries.refusal(fqdn, asked)) ?? undefined;
    const page = await this.callQueries.list(fqdn, asked, filter);
    return mapped(page, (answer) =>
      answer.next === null
        ? answer
        : { ...answer, next: cursorOfCalls(answer.next, filter.order === 'newest') },
    );
  }
}
