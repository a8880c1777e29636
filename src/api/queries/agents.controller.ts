import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Poolkeeper } from '../../runtime/poolkeeper.js';
import type { Reply } from '../../runtime/reply.js';
import { SipParam } from './params.js';
import { ViewQueryDto, viewQuery } from './query.dto.js';

@ApiTags('Agents')
@Controller('v1/agents')
export class AgentViewsController {
  constructor(private readonly poolkeeper: Poolkeeper) {}

  @Get(':sip/console')
  @ApiOperation({
    operationId: 'agent-console',
    summary: "What an agent's console shows, and where they can sign in",
  })
  console(@Param('sip', SipParam) sip: string, @Query() query: ViewQueryDto): Promise<Reply> {
    return this.poolkeeper.agents.console(sip, viewQuery(query));
  }
}
