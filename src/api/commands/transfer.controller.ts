import { Body } from '@nestjs/common';

import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import { ImportResponseGroupsDto, RecordExportDto } from './transfer.dto.js';
import { Submission, type Submitted } from './submission.js';

@PoolkeeperController('v1/commands')
export class TransferController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('record-export', {
    body: RecordExportDto,
    example: { pool: 'pool-a.contoso.com', fileName: 'pool-a-2026-11-24.zip' },
  })
  recordExport(@Body() body: RecordExportDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('record-export', body, headers);
  }

  @CommandRoute('import-response-groups', {
    body: ImportResponseGroupsDto,
    example: { destination: 'pool-b.contoso.com', exportId: '5f0c2c1e-7f0b-8a53-9c43-1d2a7c9b1e10' },
  })
  importResponseGroups(
    @Body() body: ImportResponseGroupsDto,
    @FromHeaders() headers: HeaderContext,
  ): Promise<Submitted> {
    return this.submission.submit('import-response-groups', body, headers);
  }
}
