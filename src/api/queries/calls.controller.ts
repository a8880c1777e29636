import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { CallQueries } from '../../runtime/queries/call-queries.js';
import type { AnswerOf } from '../../contract/answers.js';
import { mapped, type Result } from '../../runtime/result.js';
import { cursorOfCalls } from './cursor.js';
import { CallIdParam, FqdnParam } from './params.js';
import { callFilter, CallsQueryDto, ViewQueryDto, viewQuery } from './query.dto.js';
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
  ): Promise<Result<AnswerOf<'call'>>> {
    return this.callQueries.call(id, viewQuery(query));
  }

  @Get('pools/:fqdn/calls')
  @ApiOperation({
    operationId: 'calls',
    summary: "Calls of the pool's response groups, in the order of arrival",
  })
  async calls(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: CallsQueryDto,
  ): Promise<Result<AnswerOf<'calls'>>> {
    const page = await this.callQueries.list(fqdn, viewQuery(query), callFilter(query));
    return mapped(page, (answer) =>
      answer.next === null ? answer : { ...answer, next: cursorOfCalls(answer.next) },
    );
  }
}
