import { DatedDto } from './dated.dto.js';
import { Flag, Fqdn, NewSip, ObjectId, Sip } from './fields.js';

export class RegisterAgentDto extends DatedDto {
  @NewSip({ description: 'The agent.' })
  agent!: string;

  @Fqdn({
    description:
      'The pool that the agent is homed in; it does not change in a failover, only with move-agent.',
  })
  homePool!: string;
}

export class MoveAgentDto extends DatedDto {
  @Sip({ description: 'The agent.' })
  agent!: string;

  @Fqdn({ description: 'The pool that the agent is homed in from now on, of this pair or of another.' })
  homePool!: string;

  @Flag({
    description:
      "Whether -Force was used; false by default. A pool that is down takes no part in a move: from there it needs -Force, which leaves the user's data behind.",
    optional: true,
  })
  force?: boolean;
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
