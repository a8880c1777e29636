import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Poolkeeper } from '../../runtime/poolkeeper.js';
import type { Reply } from '../../runtime/reply.js';
import { CallIdParam } from './params.js';
import { ViewQueryDto, viewQuery } from './query.dto.js';

@ApiTags('Calls')
@Controller('v1/calls')
export class CallViewsController {
  constructor(private readonly poolkeeper: Poolkeeper) {}

  @Get(':id')
  @ApiOperation({
    operationId: 'call',
    summary: 'One call: how it stands, why, and its history',
    description:
      'Where two instances of the service have accepted the same new id for two pairs at the same moment, it is the open call of the pair that was registered first, and `alsoInPairs` holds the ids of the other pairs in which one is open.',
  })
  call(@Param('id', CallIdParam) id: string, @Query() query: ViewQueryDto): Promise<Reply> {
    return this.poolkeeper.calls.call(id, viewQuery(query));
  }
}
