import { Get, Header, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { AccessLog } from '../../access/access-log.js';
import type { AccessLogAnswer } from '../../contract/access.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

export class AccessLogQueryDto {
  @ApiPropertyOptional({ description: 'Entries, 1 to 1000; 100 where absent.', example: '100' })
  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/, { message: '$property must be a whole number from 1 to 1000' })
  limit?: string;
}

@PoolkeeperController('v1/access-log')
export class AccessLogController {
  constructor(private readonly log: AccessLog) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'access-log',
    summary: 'Refused requests, sign-ins and changes of keys at this instance, the newest first',
  })
  entries(@Query() { limit = '100' }: AccessLogQueryDto): AccessLogAnswer {
    return { entries: [...this.log.read(Number(limit))] };
  }
}
