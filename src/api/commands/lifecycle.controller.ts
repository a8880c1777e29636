import { Body } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Reply } from '../../runtime/reply.js';
import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import {
  DeclareOutageDto,
  DeclareSiteOutageDto,
  InitiateFailoverDto,
  PoolCommandDto,
  PoolWithReasonDto,
  ReportBackEndDatabaseDto,
} from './lifecycle.dto.js';
import { Submission } from './submission.js';

@ApiTags('Commands: outage, failover and failback')
@PoolkeeperController('v1/commands')
export class LifecycleController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('declare-outage', {
    summary: 'Declares that a pool is down',
    body: DeclareOutageDto,
    example: { pool: 'pool-a.contoso.com', backEndDatabase: 'unavailable', reason: 'Power failure' },
  })
  declareOutage(@Body() body: DeclareOutageDto, @FromHeaders() headers: HeaderContext): Promise<Reply> {
    return this.submission.submit('declare-outage', body, headers);
  }

  @CommandRoute('declare-site-outage', {
    summary: 'Declares that every pool of a site is down',
    body: DeclareSiteOutageDto,
    example: { site: 'Berlin', backEndDatabase: 'unknown', reason: 'Power failure' },
  })
  declareSiteOutage(
    @Body() body: DeclareSiteOutageDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Reply> {
    return this.submission.submit('declare-site-outage', body, headers);
  }

  @CommandRoute('report-back-end-database', {
    summary: "Reports whether a pool's back-end database is up",
    body: ReportBackEndDatabaseDto,
    example: { pool: 'pool-a.contoso.com', state: 'available' },
  })
  reportBackEndDatabase(
    @Body() body: ReportBackEndDatabaseDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Reply> {
    return this.submission.submit('report-back-end-database', body, headers);
  }

  @CommandRoute('end-outage', {
    summary: 'The pool is back without a failover',
    body: PoolCommandDto,
    example: { pool: 'pool-a.contoso.com' },
  })
  endOutage(@Body() body: PoolCommandDto, @FromHeaders() headers: HeaderContext): Promise<Reply> {
    return this.submission.submit('end-outage', body, headers);
  }

  @CommandRoute('close-incident', {
    summary: 'The pool is back to normal after failback',
    body: PoolCommandDto,
    example: { pool: 'pool-a.contoso.com' },
  })
  closeIncident(@Body() body: PoolCommandDto, @FromHeaders() headers: HeaderContext): Promise<Reply> {
    return this.submission.submit('close-incident', body, headers);
  }

  @CommandRoute('initiate-failover', {
    summary: 'Failover to the backup pool has been invoked',
    body: InitiateFailoverDto,
    example: { pool: 'pool-a.contoso.com', disasterMode: true },
  })
  initiateFailover(@Body() body: InitiateFailoverDto, @FromHeaders() headers: HeaderContext): Promise<Reply> {
    return this.submission.submit('initiate-failover', body, headers);
  }

  @CommandRoute('complete-failover', {
    summary: 'The backup pool stands in',
    body: PoolWithReasonDto,
    example: { pool: 'pool-a.contoso.com' },
  })
  completeFailover(@Body() body: PoolWithReasonDto, @FromHeaders() headers: HeaderContext): Promise<Reply> {
    return this.submission.submit('complete-failover', body, headers);
  }

  @CommandRoute('fail-failover', {
    summary: 'The failover did not succeed',
    body: PoolWithReasonDto,
    example: { pool: 'pool-a.contoso.com', reason: 'The central management store was not settled' },
  })
  failFailover(@Body() body: PoolWithReasonDto, @FromHeaders() headers: HeaderContext): Promise<Reply> {
    return this.submission.submit('fail-failover', body, headers);
  }

  @CommandRoute('failback', {
    summary: 'Failback to the pool has been invoked',
    body: PoolCommandDto,
    example: { pool: 'pool-a.contoso.com' },
  })
  failback(@Body() body: PoolCommandDto, @FromHeaders() headers: HeaderContext): Promise<Reply> {
    return this.submission.submit('failback', body, headers);
  }

  @CommandRoute('complete-failback', {
    summary: 'The pool serves again',
    body: PoolWithReasonDto,
    example: { pool: 'pool-a.contoso.com' },
  })
  completeFailback(@Body() body: PoolWithReasonDto, @FromHeaders() headers: HeaderContext): Promise<Reply> {
    return this.submission.submit('complete-failback', body, headers);
  }

  @CommandRoute('fail-failback', {
    summary: 'The failback did not succeed, or the pool failed again',
    body: PoolWithReasonDto,
    example: { pool: 'pool-a.contoso.com', reason: 'Hydration error' },
  })
  failFailback(@Body() body: PoolWithReasonDto, @FromHeaders() headers: HeaderContext): Promise<Reply> {
    return this.submission.submit('fail-failback', body, headers);
  }
}
