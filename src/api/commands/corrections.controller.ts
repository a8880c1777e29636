import { Body } from '@nestjs/common';

import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import { CorrectTimeDto, RetractDto } from './corrections.dto.js';
import { Submission, type Submitted } from './submission.js';

const eventId = '5f0c2c1e-7f0b-8a53-9c43-1d2a7c9b1e10';

@PoolkeeperController('v1/commands')
export class CorrectionsController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('retract', { body: RetractDto, example: { eventId, reason: 'Recorded for the wrong pool' } })
  retract(@Body() body: RetractDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('retract', body, headers);
  }

  @CommandRoute('correct-time', {
    body: CorrectTimeDto,
    example: { eventId, occurredAt: '2026-11-24T02:58:00Z', reason: 'The clock of the reporter was late' },
  })
  correctTime(@Body() body: CorrectTimeDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('correct-time', body, headers);
  }
}
