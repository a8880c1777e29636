import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { limits } from '../../../policy/limits.js';
import { timePattern } from './dated.dto.js';
import { Identifier, Text } from './fields.js';

export class RetractDto {
  @Identifier({
    description: 'The id of the event that was recorded by mistake, as the audit trail has it.',
    example: '5f0c2c1e-7f0b-8a53-9c43-1d2a7c9b1e10',
  })
  eventId!: string;

  @Text(limits.reason, { description: 'Why, in words for the trail.', example: 'The drill was over' })
  reason!: string;
}

export class CorrectTimeDto extends RetractDto {
  @ApiProperty({
    description: 'When the event happened: an RFC 3339 time, not in the future.',
    example: '2026-11-24T02:58:00Z',
  })
  @Matches(timePattern, {
    message: '$property must be an RFC 3339 time with an offset, such as 2026-11-24T02:58:00Z',
  })
  occurredAt!: string;
}
