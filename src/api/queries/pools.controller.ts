import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Poolkeeper } from '../../runtime/poolkeeper.js';
import type { Reply } from '../../runtime/reply.js';
import { withCursor } from './paging.js';
import { FqdnParam } from './params.js';
import { callFilter, CallsQueryDto, ViewQueryDto, viewQuery } from './query.dto.js';

/** `{fqdn}` is the pool in the role of the primary. */
@ApiTags('Views of a pool')
@Controller('v1/pools')
export class PoolsController {
  constructor(private readonly poolkeeper: Poolkeeper) {}

  @Get()
  @ApiOperation({ operationId: 'pools', summary: 'Every pool with its stage' })
  pools(@Query() query: ViewQueryDto): Promise<Reply> {
    return this.poolkeeper.pools.pools(viewQuery(query));
  }

  @Get(':fqdn')
  @ApiOperation({ operationId: 'pool', summary: 'One pool: stage, since when, incident, back-end database' })
  pool(@Param('fqdn', FqdnParam) fqdn: string, @Query() query: ViewQueryDto): Promise<Reply> {
    return this.poolkeeper.pools.pool(fqdn, viewQuery(query));
  }

  @Get(':fqdn/visibility')
  @ApiOperation({ operationId: 'visibility', summary: 'Who sees which copy of an object, and with what' })
  visibility(@Param('fqdn', FqdnParam) fqdn: string, @Query() query: ViewQueryDto): Promise<Reply> {
    return this.poolkeeper.pools.visibility(fqdn, viewQuery(query));
  }

  @Get(':fqdn/editability')
  @ApiOperation({
    operationId: 'editability',
    summary: 'Who may change which copy of an object, and with what',
  })
  editability(@Param('fqdn', FqdnParam) fqdn: string, @Query() query: ViewQueryDto): Promise<Reply> {
    return this.poolkeeper.pools.editability(fqdn, viewQuery(query));
  }

  @Get(':fqdn/call-status')
  @ApiOperation({
    operationId: 'call-status',
    summary: 'The rows of the matrix in force, with the calls in each class',
  })
  callStatus(@Param('fqdn', FqdnParam) fqdn: string, @Query() query: ViewQueryDto): Promise<Reply> {
    return this.poolkeeper.pools.callStatus(fqdn, viewQuery(query));
  }

  @Get(':fqdn/calls')
  @ApiOperation({
    operationId: 'calls',
    summary: "Calls of the pool's response groups, in the order of arrival",
  })
  async calls(@Param('fqdn', FqdnParam) fqdn: string, @Query() query: CallsQueryDto): Promise<Reply> {
    return withCursor(await this.poolkeeper.calls.list(fqdn, viewQuery(query), callFilter(query)));
  }
}
