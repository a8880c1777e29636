import { Body } from '@nestjs/common';
import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import { ReportReplicationDto, SetReplicationDto } from './replication.dto.js';
import { Submission, type Submitted } from './submission.js';

/** What is recorded of the backup service that replicates response groups. */
@PoolkeeperController('v1/commands')
export class ReplicationController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('set-replication', {
    body: SetReplicationDto,
    example: { pool: 'pool-a.contoso.com', enabled: true, update: true, seeded: true },
  })
  setReplication(@Body() body: SetReplicationDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('set-replication', body, headers);
  }

  @CommandRoute('report-replication', {
    body: ReportReplicationDto,
    example: { pool: 'pool-a.contoso.com', state: 'SteadyState' },
  })
  reportReplication(
    @Body() body: ReportReplicationDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    const at = this.submission.checked('/at', body.at);
    if (at !== null) body.at = at;
    return this.submission.submit('report-replication', body, headers);
  }
}
