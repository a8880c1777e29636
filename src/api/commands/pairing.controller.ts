import { Body } from '@nestjs/common';

import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import {
  ChooseReadingDto,
  RegisterPairDto,
  RetirePoolDto,
  SetVersionDto,
  UnpairDto,
  UnregisterPairDto,
} from './pairing.dto.js';
import { Submission, type Submitted } from './submission.js';

@PoolkeeperController('v1/commands')
export class PairingController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('register-pair', {
    body: RegisterPairDto,
    example: {
      pools: [
        { fqdn: 'pool-a.contoso.com', site: 'Berlin' },
        { fqdn: 'pool-b.contoso.com', site: 'Hamburg' },
      ],
      readings: { 'calls-on-live-backup': 'literal' },
    },
  })
  registerPair(@Body() body: RegisterPairDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('register-pair', body, headers);
  }

  @CommandRoute('unregister-pair', {
    body: UnregisterPairDto,
    example: { pool: 'pool-a.contoso.com', reason: 'The name of a pool was mistyped' },
  })
  unregisterPair(@Body() body: UnregisterPairDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('unregister-pair', body, headers);
  }

  @CommandRoute('set-version', {
    body: SetVersionDto,
    example: { pool: 'pool-a.contoso.com', version: '2019' },
  })
  setVersion(@Body() body: SetVersionDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('set-version', body, headers);
  }

  @CommandRoute('unpair', {
    body: UnpairDto,
    example: { pool: 'pool-a.contoso.com', reason: 'Hamburg is taken out of service' },
  })
  unpair(@Body() body: UnpairDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('unpair', body, headers);
  }

  @CommandRoute('retire-pool', {
    body: RetirePoolDto,
    example: { pool: 'pool-a.contoso.com', reason: 'Taken out of the topology' },
  })
  retirePool(@Body() body: RetirePoolDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('retire-pool', body, headers);
  }

  @CommandRoute('choose-reading', {
    body: ChooseReadingDto,
    example: { pool: 'pool-a.contoso.com', reading: 'calls-on-live-backup', choice: 'survive' },
  })
  chooseReading(@Body() body: ChooseReadingDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('choose-reading', body, headers);
  }
}
