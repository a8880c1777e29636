import { Body } from '@nestjs/common';

import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import { AgentGroupDto, MoveAgentDto, RegisterAgentDto, SignInAgentDto } from './agents.dto.js';
import { Submission, type Submitted } from './submission.js';

@PoolkeeperController('v1/commands')
export class AgentsController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('register-agent', {
    body: RegisterAgentDto,
    example: { agent: 'sip:kim@contoso.com', homePool: 'pool-a.contoso.com' },
  })
  registerAgent(@Body() body: RegisterAgentDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('register-agent', body, headers);
  }

  @CommandRoute('move-agent', {
    body: MoveAgentDto,
    example: { agent: 'sip:lee@contoso.com', homePool: 'pool-b.contoso.com' },
  })
  moveAgent(@Body() body: MoveAgentDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('move-agent', body, headers);
  }

  @CommandRoute('sign-in-agent', {
    body: SignInAgentDto,
    example: { agent: 'sip:kim@contoso.com', pool: 'pool-a.contoso.com', agentGroup: 'first-line' },
  })
  signInAgent(@Body() body: SignInAgentDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('sign-in-agent', body, headers);
  }

  @CommandRoute('sign-out-agent', {
    body: AgentGroupDto,
    example: { agent: 'sip:kim@contoso.com', pool: 'pool-a.contoso.com', agentGroup: 'first-line' },
  })
  signOutAgent(@Body() body: AgentGroupDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('sign-out-agent', body, headers);
  }
}
