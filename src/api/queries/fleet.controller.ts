import { Get, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { reaches, type Principal } from '../../access/principal.js';
import type { AnswerOf } from '../../contract/answers.js';
import { ReadinessQueries } from '../../runtime/queries/readiness-queries.js';
import type { Requester } from '../../runtime/requester.js';
import type { Result } from '../../runtime/result.js';
import { inScope } from '../access/in-scope.js';
import { AskedBy } from '../access/principal-of.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FromClient } from '../http/requester.js';
import { ViewQueryDto, viewQuery } from './query.dto.js';

/** All pools at once; whoever is scoped to pools is shown these. */
@PoolkeeperController('v1')
export class FleetController {
  constructor(private readonly readinessQueries: ReadinessQueries) {}

  @Get('readiness')
  @ApiOperation({
    operationId: 'fleet-readiness',
    summary: 'The readiness of every pool, the worst first, with the worst findings of each',
  })
  async readiness(
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
    @AskedBy() principal: Principal,
  ): Promise<Result<AnswerOf<'fleet-readiness'>>> {
    const reach = (pool: string): boolean => reaches(principal, pool);
    const all = await this.readinessQueries.ofFleet(viewQuery(query, requester), reach);
    return inScope(principal, all, (answer) => answer);
  }
}
