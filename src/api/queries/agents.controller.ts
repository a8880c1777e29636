import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { agentSchemas } from '../../../events/agent.js';
import { AgentQueries } from '../../runtime/queries/agent-queries.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { Result } from '../../runtime/result.js';
import { reaches, type Principal } from '../../access/principal.js';
import { AskedBy } from '../access/principal-of.js';
import { inScope } from '../access/in-scope.js';
import { SipParam } from './params.js';
import { AgentConsoleQueryDto, viewQuery } from './query.dto.js';
import type { Requester } from '../../runtime/requester.js';
import { FromClient } from '../http/requester.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

@PoolkeeperController('v1/agents')
export class AgentViewsController {
  constructor(private readonly agents: AgentQueries) {}

  @Get(':sip/console')
  @ApiOperation({
    operationId: 'agent-console',
    summary: "What an agent's console shows, and where they can sign in",
  })
  async console(
    @Param('sip', SipParam) sip: string,
    @Query() query: AgentConsoleQueryDto,
    @FromClient() requester: Requester,
    @AskedBy() principal: Principal,
  ): Promise<Result<AnswerOf<'agent-console'>>> {
    const console = await this.agents.console(sip, viewQuery(query, requester), query.name);
    return inScope(principal, console, (answer) => ({
      ...answer,
      objects: answer.objects.filter(({ parent }) => reaches(principal, parent)),
      canSignInAt: answer.canSignInAt.filter((pool) => reaches(principal, pool)),
      ...(answer.contradicted === undefined
        ? {}
        : { contradicted: answer.contradicted.filter(({ type }) => type in agentSchemas) }),
    }));
  }
}
