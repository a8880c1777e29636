import { Body, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { BackupService } from '../../runtime/commands/backup-service.js';
import type { BackupAnswer } from '../../contract/log.js';
import type { Result } from '../../runtime/result.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

/** A body has to be there, as JSON: so no page of another site can ask for a backup. */
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

@ApiTags('Log')
@PoolkeeperController('v1/backups')
export class BackupsController {
  constructor(private readonly backups: BackupService) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    operationId: 'backup',
    summary: 'Writes a copy of the log as it is now into a folder of its own below DATA_DIR/backups',
  })
  @ApiBody({ type: BackupDto, examples: { backup: { summary: 'With its chain checked', value: {} } } })
  @ApiResponse({
    status: 201,
    description: 'Where it is, how large, and the position of the last event in it.',
  })
  @ApiResponse({ status: 409, description: 'A backup is being made.' })
  @ApiResponse({ status: 501, description: 'The log is not in the embedded store.' })
  @ApiResponse({ status: 503, description: 'The backup could not be made; nothing of it is left.' })
  async backUp(@Body() { verify = true }: BackupDto): Promise<Result<BackupAnswer>> {
    return await this.backups.backUp(verify);
  }
}
