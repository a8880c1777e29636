import { Body } from '@nestjs/common';
import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import { AnnotateIncidentDto, SetTargetsDto, TickStepDto } from './incidents.dto.js';
import { Submission, type Submitted } from './submission.js';

/** What is recorded about incidents beside their stages. */
@PoolkeeperController('v1/commands')
export class IncidentCommandsController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('set-targets', {
    body: SetTargetsDto,
    example: { pool: 'pool-a.contoso.com', recoveryTime: 1_800_000, recoveryPoint: 86_400_000 },
  })
  setTargets(@Body() body: SetTargetsDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('set-targets', body, headers);
  }

  @CommandRoute('annotate-incident', {
    body: AnnotateIncidentDto,
    example: { pool: 'pool-a.contoso.com', text: 'The vendor was called' },
  })
  annotateIncident(
    @Body() body: AnnotateIncidentDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    const at = this.submission.checked('/at', body.at);
    if (at !== null) body.at = at;
    return this.submission.submit('annotate-incident', body, headers);
  }

  @CommandRoute('tick-step', {
    body: TickStepDto,
    example: { pool: 'pool-a.contoso.com', step: 'central-management', note: 'It was settled' },
  })
  tickStep(@Body() body: TickStepDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('tick-step', body, headers);
  }
}
