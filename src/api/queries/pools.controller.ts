import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { PoolQueries } from '../../runtime/queries/pool-queries.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { Result } from '../../runtime/result.js';
import { reaches, type Principal } from '../../access/principal.js';
import { AskedBy } from '../access/principal-of.js';
import { inScope } from '../access/in-scope.js';
import { FqdnParam } from './params.js';
import { CopiesQueryDto, copyFilter, ViewQueryDto, viewQuery } from './query.dto.js';
import type { Requester } from '../../runtime/requester.js';
import { FromClient } from '../http/requester.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

/** `{fqdn}` is the pool in the role of the primary. */
@PoolkeeperController('v1/pools')
export class PoolsController {
  constructor(private readonly poolQueries: PoolQueries) {}

  @Get()
  @ApiOperation({ operationId: 'pools', summary: 'Every pool with its stage' })
  async pools(
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
    @AskedBy() principal: Principal,
  ): Promise<Result<AnswerOf<'pools'>>> {
    const all = await this.poolQueries.pools(viewQuery(query, requester));
    return inScope(principal, all, ({ pools, ...rest }) => ({
      ...rest,
      pools: pools.filter(({ fqdn }) => reaches(principal, fqdn)),
    }));
  }

  @Get(':fqdn')
  @ApiOperation({ operationId: 'pool', summary: 'One pool: stage, since when, incident, back-end database' })
  pool(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'pool'>>> {
    return this.poolQueries.pool(fqdn, viewQuery(query, requester));
  }

  @Get(':fqdn/visibility')
  @ApiOperation({ operationId: 'visibility', summary: 'Who sees which copy of an object, and with what' })
  visibility(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: CopiesQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'visibility'>>> {
    return this.poolQueries.visibility(fqdn, viewQuery(query, requester), copyFilter(query));
  }

  @Get(':fqdn/editability')
  @ApiOperation({
    operationId: 'editability',
    summary: 'Who may change which copy of an object, and with what',
  })
  editability(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: CopiesQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'editability'>>> {
    return this.poolQueries.editability(fqdn, viewQuery(query, requester), copyFilter(query));
  }

  @Get(':fqdn/statements')
  @ApiOperation({
    operationId: 'pool-statements',
    summary: 'The statements in force, with how many calls, agents and objects each decides',
  })
  statements(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'pool-statements'>>> {
    return this.poolQueries.statements(fqdn, viewQuery(query, requester));
  }

  @Get(':fqdn/call-status')
  @ApiOperation({
    operationId: 'call-status',
    summary: 'The rows of the matrix in force, with the calls in each class',
  })
  callStatus(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'call-status'>>> {
    return this.poolQueries.callStatus(fqdn, viewQuery(query, requester));
  }
}
