import { Body } from '@nestjs/common';

import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import {
  DeclareOutageDto,
  DeclareSiteOutageDto,
  InitiateFailoverDto,
  PoolWithReasonDto,
  ReportBackEndDatabaseDto,
} from './lifecycle.dto.js';
import { Submission, type Submitted } from './submission.js';

@PoolkeeperController('v1/commands')
export class LifecycleController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('declare-outage', {
    body: DeclareOutageDto,
    example: { pool: 'pool-a.contoso.com', backEndDatabase: 'unavailable', reason: 'Power failure' },
  })
  declareOutage(@Body() body: DeclareOutageDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('declare-outage', body, headers);
  }

  @CommandRoute('declare-site-outage', {
    body: DeclareSiteOutageDto,
    example: { site: 'Berlin', backEndDatabase: 'unknown', reason: 'Power failure' },
  })
  declareSiteOutage(
    @Body() body: DeclareSiteOutageDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('declare-site-outage', body, headers);
  }

  @CommandRoute('report-back-end-database', {
    body: ReportBackEndDatabaseDto,
    example: { pool: 'pool-a.contoso.com', state: 'available' },
  })
  reportBackEndDatabase(
    @Body() body: ReportBackEndDatabaseDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('report-back-end-database', body, headers);
  }

  @CommandRoute('end-outage', {
    body: PoolWithReasonDto,
    example: { pool: 'pool-a.contoso.com' },
  })
  endOutage(@Body() body: PoolWithReasonDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('end-outage', body, headers);
  }

  @CommandRoute('close-incident', {
    body: PoolWithReasonDto,
    example: { pool: 'pool-a.contoso.com' },
  })
  closeIncident(@Body() body: PoolWithReasonDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('close-incident', body, headers);
  }

  @CommandRoute('initiate-failover', {
    body: InitiateFailoverDto,
    example: { pool: 'pool-a.contoso.com', disasterMode: true },
  })
  initiateFailover(
    @Body() body: InitiateFailoverDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('initiate-failover', body, headers);
  }

  @CommandRoute('complete-failover', {
    body: PoolWithReasonDto,
    example: { pool: 'pool-a.contoso.com' },
  })
  completeFailover(
    @Body() body: PoolWithReasonDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('complete-failover', body, headers);
  }

  @CommandRoute('fail-failover', {
    body: PoolWithReasonDto,
    example: { pool: 'pool-a.contoso.com', reason: 'The central management store was not settled' },
  })
  failFailover(@Body() body: PoolWithReasonDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('fail-failover', body, headers);
  }

  @CommandRoute('failback', {
    body: PoolWithReasonDto,
    example: { pool: 'pool-a.contoso.com' },
  })
  failback(@Body() body: PoolWithReasonDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('failback', body, headers);
  }

  @CommandRoute('complete-failback', {
    body: PoolWithReasonDto,
    example: { pool: 'pool-a.contoso.com' },
  })
  completeFailback(
    @Body() body: PoolWithReasonDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('complete-failback', body, headers);
  }

  @CommandRoute('fail-failback', {
    body: PoolWithReasonDto,
    example: { pool: 'pool-a.contoso.com', reason: 'Hydration error' },
  })
  failFailback(@Body() body: PoolWithReasonDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('fail-failback', body, headers);
  }
}
