import { Body } from '@nestjs/common';

import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import { PoolWithReasonDto } from './lifecycle.dto.js';
import { ChooseRouteDto, ReplacePoolDto } from './replacement.dto.js';
import { Submission, type Submitted } from './submission.js';

/** The second route out of a failover: a pool is lost, and another takes its place. */
@PoolkeeperController('v1/commands')
export class ReplacementController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('choose-route', {
    body: ChooseRouteDto,
    example: { pool: 'pool-a.contoso.com', route: 'replacement', replacement: 'pool-c.contoso.com' },
  })
  chooseRoute(@Body() body: ChooseRouteDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('choose-route', body, headers);
  }

  @CommandRoute('replace-pool', {
    body: ReplacePoolDto,
    example: {
      failed: 'pool-a.contoso.com',
      replacement: 'pool-c.contoso.com',
      site: 'Bonn',
      reason: 'Burnt down',
    },
  })
  replacePool(@Body() body: ReplacePoolDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('replace-pool', body, headers);
  }

  @CommandRoute('complete-replacement', {
    body: PoolWithReasonDto,
    example: { pool: 'pool-c.contoso.com' },
  })
  completeReplacement(
    @Body() body: PoolWithReasonDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('complete-replacement', body, headers);
  }
}
