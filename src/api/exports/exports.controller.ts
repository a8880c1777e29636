import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { ExportQueries } from '../../runtime/queries/export-queries.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { Result } from '../../runtime/result.js';
import { FqdnParam, IdParam } from '../queries/params.js';
import { ExportsQueryDto, ViewQueryDto, viewQuery } from '../queries/query.dto.js';
import { CompareExportsQueryDto } from './compare-exports.dto.js';
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
    @Query() query: ExportsQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'exports'>>> {
    return this.exportQueries.exports(fqdn, viewQuery(query, requester), query.name);
  }

  @Get('compare')
  @ApiOperation({
    operationId: 'compare-exports',
    summary: 'What differs between two exports, or between one and what the pool or its partner hosts',
    description:
      'Object by object and property by property, down to the leaf. A file is named by its id, by its name where only one has it, or as `latest`; `record` is what is on record of the pool, `partner` what its partner hosts of it.',
  })
  compare(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: CompareExportsQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'compare-exports'>>> {
    const { from = 'latest', to = 'record' } = query;
    return this.exportQueries.compare(fqdn, { from, to }, viewQuery(query, requester));
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
