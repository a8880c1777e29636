import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { DatedDto, timePattern } from './dated.dto.js';
import { OneOf } from './fields.js';

export class AgentListQueryDto extends DatedDto {
  @OneOf(['true', 'false'], {
    description:
      'The list has all users: registered agents who are not on it are on record as such, which is a finding; they stay registered.',
    optional: true,
  })
  complete?: 'true' | 'false';

  @OneOf(['true', 'false'], {
    description:
      'The list shows what is there now, whenever it was written: what is on record and is newer than the list is set back. Not with `occurredAt`.',
    optional: true,
  })
  now?: 'true' | 'false';

  @ApiProperty({
    required: false,
    description:
      'The time of the file where it is sent from. Where the request has no `occurredAt`, a list that would set back what is on record as of later is refused.',
    example: '2026-11-24T02:00:00+01:00',
  })
  @IsOptional()
  @Matches(timePattern, {
    message: '$property must be an RFC 3339 time with an offset, such as 2026-11-24T02:00:00+01:00',
  })
  fileTime?: string;

  @OneOf(['true', 'false'], {
    description: 'What would the list change? It is read, and nothing is recorded.',
    optional: true,
  })
  preview?: 'true' | 'false';
}
