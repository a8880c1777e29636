import { Body } from '@nestjs/common';

import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import {
  PlaceCallOnBehalfDto,
  ReportCallArrivedDto,
  ReportCallConnectedDto,
  ReportCallEndedDto,
} from './calls.dto.js';
import { Submission, type Submitted } from './submission.js';

@PoolkeeperController('v1/commands')
export class CallsController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('report-call-arrived', {
    body: ReportCallArrivedDto,
    example: { callId: 'call-1', pool: 'pool-a.contoso.com', responseGroup: 'help-desk' },
  })
  reportCallArrived(
    @Body() body: ReportCallArrivedDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('report-call-arrived', body, headers);
  }

  @CommandRoute('report-call-connected', {
    body: ReportCallConnectedDto,
    example: { callId: 'call-1', agent: 'sip:kim@contoso.com' },
  })
  reportCallConnected(
    @Body() body: ReportCallConnectedDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('report-call-connected', body, headers);
  }

  @CommandRoute('report-call-ended', {
    body: ReportCallEndedDto,
    example: { callId: 'call-1' },
  })
  reportCallEnded(
    @Body() body: ReportCallEndedDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('report-call-ended', body, headers);
  }

  @CommandRoute('place-call-on-behalf', {
    body: PlaceCallOnBehalfDto,
    example: {
      agent: 'sip:kim@contoso.com',
      pool: 'pool-a.contoso.com',
      responseGroup: 'help-desk',
      callee: 'tel:+493012345',
    },
  })
  placeCallOnBehalf(
    @Body() body: PlaceCallOnBehalfDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('place-call-on-behalf', body, headers);
  }
}
