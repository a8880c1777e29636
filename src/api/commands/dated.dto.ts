import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

/** RFC 3339 with date, time and offset. */
export const timePattern = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

/** Every command may say when it happened, if that was not just now. */
export class DatedDto {
  @ApiProperty({
    required: false,
    description: 'When it happened: an RFC 3339 time, not in the future. Now, where absent.',
    example: '2026-11-24T02:58:00Z',
  })
  @IsOptional()
  @Matches(timePattern, {
    message: '$property must be an RFC 3339 time with an offset, such as 2026-11-24T02:58:00Z',
  })
  occurredAt?: string;
}
