import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DeadLetterService } from '../../runtime/commands/dead-letter-service.js';
import type { DeadLetterDecisionAnswer, DeadLettersAnswer } from '../../contract/projections.js';
import type { Ok, Result } from '../../runtime/result.js';
import { Text } from '../commands/fields.js';
import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

/** A body has to be there, as JSON: so no page of another site can ask for it. */
export class RetryDto {
  @Text(512, { description: 'Why it may go better now.', optional: true })
  reason?: string | null;
}

export class DiscardDto {
  @Text(512, { description: 'Why the projection may do without the event.' })
  reason!: string;
}

const Actor = ApiHeader({ name: 'X-Actor', required: false, description: 'Who decides it.' });
const Gone = ApiResponse({
  status: 200,
  description: '`gone`: whether it went; `deadLetter`: what the same part stands still at now, if anything.',
});
const Missing = ApiResponse({ status: 404, description: 'There is no such dead letter.' });

/** Events that a projection could not fold, and what people decide about them. */
@ApiTags('Projections')
@PoolkeeperController('v1/dead-letters')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLetterService) {}

  @Get()
  @ApiOperation({
    operationId: 'dead-letters',
    summary: 'Events that could not be folded: by which projection, why, and how often it was tried',
  })
  list(): Ok<DeadLettersAnswer> {
    return this.deadLetters.list();
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Actor
  @ApiOperation({
    operationId: 'retry-dead-letter',
    summary: 'Folds the event and everything after it, in order; recorded in the audit trail',
  })
  @ApiBody({ type: RetryDto })
  @Gone
  @Missing
  async retry(
    @Param('id') id: string,
    @Body() { reason = null }: RetryDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Result<DeadLetterDecisionAnswer>> {
    return await this.deadLetters.retry(id, reason, headers);
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Actor
  @ApiOperation({
    operationId: 'discard-dead-letter',
    summary: 'Has every fold of the projection pass over the event from now on; recorded in the audit trail',
  })
  @ApiBody({ type: DiscardDto })
  @Gone
  @Missing
  async discard(
    @Param('id') id: string,
    @Body() { reason }: DiscardDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Result<DeadLetterDecisionAnswer>> {
    return await this.deadLetters.discard(id, reason, headers);
  }
}
