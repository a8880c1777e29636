import { HttpCode, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { AnswerOf } from '../../contract/answers.js';
import type { CommandResult } from '../../runtime/result.js';
import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { InvalidRequestError } from '../http/errors.js';
import { utcOf } from '../http/time.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { AgentListQueryDto } from './agent-lists.dto.js';
import { Submission } from './submission.js';

/** Takes what Get-CsUser gives. */
@PoolkeeperController('v1/agents')
export class AgentListsController {
  constructor(private readonly submission: Submission) {}

  @Put()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'list-agents',
    summary:
      'Reads a list of users: registers agents, and records who was moved, disabled or lost Enterprise Voice',
    description:
      'What `Get-CsUser | Select-Object SipAddress, RegistrarPool, Enabled, EnterpriseVoiceEnabled` gives, from Export-Csv (with commas, semicolons or tabs) or Export-Clixml, in UTF-8 or UTF-16. A row in error is named with its line and field, and nothing is recorded then. The same list again changes nothing. A list of an earlier day (`occurredAt`) leaves what is on record as of later, and `warnings` name it.',
  })
  @ApiConsumes('text/csv', 'application/xml')
  @ApiBody({ description: 'The list.', schema: { type: 'string', format: 'binary' } })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'A repeat with the same key and the same list gets the first answer.',
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description:
      'The entity tag of an earlier answer, such as that of a preview: the list is recorded only if what is on record of agents is still that.',
  })
  @ApiHeader({ name: 'X-Actor', required: false, description: 'Who sends it.' })
  async list(
    @Query() { complete, now, fileTime, occurredAt }: AgentListQueryDto,
    @FromHeaders() headers: HeaderContext,
    @Req() { body }: FastifyRequest,
  ): Promise<CommandResult<AnswerOf<'list-agents'>>> {
    if (!(body instanceof Uint8Array) || body.length === 0) {
      const detail = 'the body must be the list, as text/csv or application/xml.';
      throw new InvalidRequestError([{ pointer: '', detail }]);
    }
    if (now === 'true' && occurredAt !== undefined) {
      const detail =
        'says that the list is of now, and occurredAt that it is of another time: give one of them.';
      throw new InvalidRequestError([{ pointer: '/now', detail }]);
    }
    const given = {
      bytes: body,
      complete: complete === 'true',
      ...(now === 'true' ? { now: true } : {}),
      ...(fileTime === undefined ? {} : { fileTime: utcOf('/fileTime', fileTime) }),
    };
    return await this.submission.listAgents(given, occurredAt, headers);
  }
}
