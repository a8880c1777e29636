import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { reaches, type Principal } from '../../access/principal.js';
import type { AnswerOf } from '../../contract/answers.js';
import { EventQueries } from '../../runtime/queries/event-queries.js';
import type { Requester } from '../../runtime/requester.js';
import type { Result } from '../../runtime/result.js';
import { AskedBy } from '../access/principal-of.js';
import { inScope } from '../access/in-scope.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FromClient } from '../http/requester.js';
import { EventIdParam } from './params.js';
import { viewQuery } from './query.dto.js';
import { EventQueryDto } from './search-query.dto.js';

/** Whoever is scoped to pools sees what is of these. */
@PoolkeeperController('v1')
export class EventsController {
  constructor(private readonly events: EventQueries) {}

  @Get('events/:id')
  @ApiOperation({
    operationId: 'event',
    summary: 'One event as the audit trail shows it, with what brought it about and what it brought about',
  })
  async event(
    @Param('id', EventIdParam) id: string,
    @Query() query: EventQueryDto,
    @FromClient() requester: Requester,
    @AskedBy() principal: Principal,
  ): Promise<Result<AnswerOf<'event'>>> {
    const reach = (pool: string): boolean => reaches(principal, pool);
    const near = query.position === undefined ? null : BigInt(query.position);
    const asked = viewQuery(query, requester);
    return inScope(principal, await this.events.event(id, near, asked, reach), (answer) => answer);
  }
}
