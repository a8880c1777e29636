import { Body, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { BackupService } from '../../runtime/commands/backup-service.js';
import type { BackupAnswer } from '../../contract/log.js';
import type { Result } from '../../runtime/result.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

/** Nothing has to be sent. A page of another site is told by its Origin. */
export class BackupDto {
  @ApiProperty({
    required: false,
    description: 'Whether the hash chain of the backup is checked.',
    default: true,
  })
  @IsOptional()
  @IsBoolean()
  verify?: boolean;
}

@PoolkeeperController('v1/backups')
export class BackupsController {
  constructor(private readonly backups: BackupService) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    operationId: 'backup',
    summary: 'Writes a copy of the log as it is now into a new folder below DATA_DIR/backups',
  })
  @ApiBody({
    type: BackupDto,
    required: false,
    examples: { backup: { summary: 'With its chain checked', value: {} } },
  })
  async backUp(@Body() { verify = true }: BackupDto): Promise<Result<BackupAnswer>> {
    return await this.backups.backUp(verify);
  }
}
