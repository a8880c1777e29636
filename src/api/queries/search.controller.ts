import { Get, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { reaches, type Principal } from '../../access/principal.js';
import type { AnswerOf } from '../../contract/answers.js';
import { SearchQueries } from '../../runtime/queries/search-queries.js';
import type { Requester } from '../../runtime/requester.js';
import type { Result } from '../../runtime/result.js';
import { AskedBy } from '../access/principal-of.js';
import { inScope } from '../access/in-scope.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FromClient } from '../http/requester.js';
import { minPositionOf } from './moments.js';
import { SearchQueryDto, searchLimit } from './search-query.dto.js';

/** Whoever is scoped to pools finds what is of these. */
@PoolkeeperController('v1')
export class SearchController {
  constructor(private readonly searchQueries: SearchQueries) {}

  @Get('search')
  @ApiOperation({
    operationId: 'search',
    summary: 'Pools, objects, agents, calls, events and statements by name, number, address, id or text',
    description:
      'Calls that are over are found by their whole ids, events by their ids or positions, everything else also by a beginning or a part.',
  })
  async search(
    @Query() query: SearchQueryDto,
    @FromClient() requester: Requester,
    @AskedBy() principal: Principal,
  ): Promise<Result<AnswerOf<'search'>>> {
    const reach = (pool: string): boolean => reaches(principal, pool);
    const search = { text: query.q, limit: searchLimit(query), reach };
    const asked = { minPosition: minPositionOf(query), requester };
    return inScope(principal, await this.searchQueries.search(search, asked), (answer) => answer);
  }
}
