import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { ExportQueries } from '../../runtime/queries/export-queries.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { Result } from '../../runtime/result.js';
import { FqdnParam, IdParam } from '../queries/params.js';
import { ViewQueryDto, viewQuery } from '../queries/query.dto.js';
import type { Requester } from '../../runtime/requester.js';
import { FromClient } from '../http/requester.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

/** Files of Export-CsRgsConfiguration that were added. */
@PoolkeeperController('v1/pools/:fqdn/exports')
export class ExportsController {
  constructor(private readonly exportQueries: ExportQueries) {}

  @Get()
  @ApiOperation({
    operationId: 'exports',
    summary: 'The exports of the pool: when, by whom, and what they hold',
  })
  exports(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'exports'>>> {
    return this.exportQueries.exports(fqdn, viewQuery(query, requester));
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'export',
    summary: 'One export with all that it holds, its findings and what it changed',
  })
  export(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Param('id', IdParam) id: string,
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'export'>>> {
    return this.exportQueries.export(fqdn, id, viewQuery(query, requester));
  }
}
