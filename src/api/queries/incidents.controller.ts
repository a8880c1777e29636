import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { reaches, type Principal } from '../../access/principal.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { Requester } from '../../runtime/requester.js';
import { IncidentQueries } from '../../runtime/queries/incident-queries.js';
import { mapped, type Result } from '../../runtime/result.js';
import { AskedBy } from '../access/principal-of.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { FromClient } from '../http/requester.js';
import { cursorOfIncidents } from './cursor.js';
import { incidentFilter, IncidentsQueryDto } from './incidents.dto.js';
import { FqdnParam, IdParam } from './params.js';
import { ViewQueryDto, viewQuery } from './query.dto.js';

@PoolkeeperController('v1')
export class IncidentsController {
  constructor(private readonly incidentQueries: IncidentQueries) {}

  @Get('incidents')
  @ApiOperation({
    operationId: 'incidents',
    summary: 'The incidents of all pools, the latest first: phases, recovery, calls cut off',
  })
  async incidents(
    @Query() query: IncidentsQueryDto,
    @FromClient() requester: Requester,
    @AskedBy() principal: Principal,
  ): Promise<Result<AnswerOf<'incidents'>>> {
    const result = await this.incidentQueries.all(
      viewQuery(query, requester),
      incidentFilter(query),
      (pool) => reaches(principal, pool),
    );
    return mapped(result, withCursor);
  }

  @Get('pools/:fqdn/incidents')
  @ApiOperation({ operationId: 'pool-incidents', summary: 'The incidents of one pool, the latest first' })
  async ofPool(
    @Param('fqdn', FqdnParam) fqdn: string,
    @Query() query: IncidentsQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'pool-incidents'>>> {
    const result = await this.incidentQueries.ofPool(
      fqdn,
      viewQuery(query, requester),
      incidentFilter(query),
    );
    return mapped(result, withCursor);
  }

  @Get('incidents/:id')
  @ApiOperation({
    operationId: 'incident',
    summary: 'One incident: how long each phase took and who ended it, what it cost, who was refused what',
  })
  incident(
    @Param('id', IdParam) id: string,
    @Query() query: ViewQueryDto,
    @FromClient() requester: Requester,
  ): Promise<Result<AnswerOf<'incident'>>> {
    return this.incidentQueries.incident(id, viewQuery(query, requester));
  }
}

const withCursor = <Page extends { readonly next: string | null }>(page: Page): Page => ({
  ...page,
  next: page.next === null ? null : cursorOfIncidents(page.next),
});
