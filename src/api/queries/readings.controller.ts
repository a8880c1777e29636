import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { AnswerOf } from '../../contract/answers.js';
import { ReadingsQueries } from '../../runtime/queries/readings-queries.js';
import type { Requester } from '../../runtime/requester.js';
import type { Result } from '../../runtime/result.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FromClient } from '../http/requester.js';
import { FqdnParam } from './params.js';
import { ViewQueryDto, viewQuery } from './query.dto.js';

/** The document, read otherwise. */
@PoolkeeperController('v1/pools')
export class ReadingsController {
  constructor(private readonly readings: ReadingsQueries) {}

  @Get(':fqdn/readings/compare')
  @ApiOperation({
    operationId: 'compare-readings',
    summary: 'Which past answers about the pool would be others, had the document been read otherwise',
    description:
      'For each reading that leaves a choice, and each choice that is not in force: the calls that would have been cut off or saved, the copies and sign-ins that would have stood otherwise, and the moments. The recorded facts are folded again with the other choice in force from the registration on; a call that the record cut off and the other choice does not is not judged any further.',
  })
  compare(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'compare-readings'>>> {
    return this.readings.compare(fqdn, viewQuery(query, requester));
  }
}
