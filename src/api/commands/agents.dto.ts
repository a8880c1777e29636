import { DatedDto } from './dated.dto.js';
import { Fqdn, NewSip, ObjectId, Sip } from './fields.js';

export class RegisterAgentDto extends DatedDto {
  @NewSip({ description: 'The agent.' })
  agent!: string;

  @Fqdn({ description: 'The pool that the agent is homed in; it does not change in a failover.' })
  homePool!: string;
}

export class SignInAgentDto extends DatedDto {
  @Sip({ description: 'The agent.' })
  agent!: string;

  @Fqdn({ description: 'The parent: the pool that hosts the copy of the agent group.' })
  pool!: string;

  @ObjectId({
    description:
      'The id of the agent group; each formal group of the pool that lists the agent, where absent.',
    example: 'first-line',
    optional: true,
  })
  agentGroup?: string;
}

export class AgentGroupDto extends DatedDto {
  @Sip({ description: 'The agent.' })
  agent!: string;

  @Fqdn({ description: 'The parent: the pool that hosts the copy of the agent group.' })
  pool!: string;

  @ObjectId({ description: 'The id of the agent group.', example: 'first-line' })
  agentGroup!: string;
}
