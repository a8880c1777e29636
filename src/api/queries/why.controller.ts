import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Principal } from '../../access/principal.js';
import type { AnswerOf } from '../../contract/answers.js';
import { WhyQueries } from '../../runtime/queries/why-queries.js';
import type { Requester } from '../../runtime/requester.js';
import type { Result } from '../../runtime/result.js';
import { AskedBy } from '../access/principal-of.js';
import { FromClient } from '../http/requester.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FqdnParam } from './params.js';
import { viewQuery } from './query.dto.js';
import { WhyQueryDto, whyQuestion } from './why-query.dto.js';

@PoolkeeperController('v1/pools')
export class WhyController {
  constructor(private readonly whyQueries: WhyQueries) {}

  @Get(':fqdn/why')
  @ApiOperation({
    operationId: 'why',
    summary: 'Why a tool, or an agent console, shows an object or not',
    description:
      'One sentence with its reasons, since when it is so, the commands that would change it, and what to do instead.',
  })
  why(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: WhyQueryDto,
    @FromClient() requester: Requester,
    @AskedBy() principal: Principal,
  ): Promise<Result<AnswerOf<'why'>>> {
    return this.whyQueries.why(fqdn, whyQuestion(query, principal), viewQuery(query, requester));
  }
}
