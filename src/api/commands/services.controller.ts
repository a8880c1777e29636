import { Body } from '@nestjs/common';

import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import { ReportServiceDto, ReportServiceStoppedDto } from './services.dto.js';
import { Submission, type Submitted } from './submission.js';

@PoolkeeperController('v1/commands')
export class ServicesController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('report-service', {
    body: ReportServiceDto,
    example: {
      pool: 'pool-a.contoso.com',
      service: 'response-group',
      state: 'stopped',
      frontEnds: 'some',
      reason: 'Patched this morning',
    },
  })
  reportService(@Body() body: ReportServiceDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('report-service', body, headers);
  }

  @CommandRoute('report-service-stopped', {
    body: ReportServiceStoppedDto,
    example: { pool: 'pool-a.contoso.com', service: 'file-share' },
  })
  reportServiceStopped(
    @Body() body: ReportServiceStoppedDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('report-service-stopped', body, headers);
  }
}
