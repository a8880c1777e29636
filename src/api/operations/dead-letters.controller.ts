import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation } from '@nestjs/swagger';
import { DeadLetterService } from '../../runtime/commands/dead-letter-service.js';
import type { DeadLetterDecisionAnswer, DeadLettersAnswer } from '../../contract/projections.js';
import type { Ok, Result } from '../../runtime/result.js';
import { Text } from '../commands/fields.js';
import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

/** Nothing has to be sent. A page of another site is told by its Origin. */
export class RetryDto {
  @Text(512, { description: 'Why it may go better now.', optional: true })
  reason?: string | null;
}

export class DiscardDto {
  @Text(512, { description: 'Why the projection can do without the event.' })
  reason!: string;
}

const Actor = ApiHeader({ name: 'X-Actor', required: false, description: 'Who decides it.' });
/** Events that a projection could not apply, and the decisions about them. */
@PoolkeeperController('v1/dead-letters')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLetterService) {}

  @Get()
  @ApiOperation({
    operationId: 'dead-letters',
    summary: 'Events that a projection could not apply: which projection, why, and the number of attempts',
  })
  list(): Ok<DeadLettersAnswer> {
    return this.deadLetters.list();
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Actor
  @ApiOperation({
    operationId: 'retry-dead-letter',
    summary: 'Applies the event and everything after it, in order; recorded in the audit trail',
  })
  @ApiBody({ type: RetryDto, required: false })
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
    summary: 'Makes the projection skip this event from now on; recorded in the audit trail',
  })
  @ApiBody({ type: DiscardDto })
  async discard(
    @Param('id') id: string,
    @Body() { reason }: DiscardDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Result<DeadLetterDecisionAnswer>> {
    return await this.deadLetters.discard(id, reason, headers);
  }
}
