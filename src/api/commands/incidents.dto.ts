import { IsOptional, Matches } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { limits } from '../../../policy/limits.js';
import { DatedDto, timePattern } from './dated.dto.js';
import { Duration, Fqdn, Text } from './fields.js';

export class SetTargetsDto extends DatedDto {
  @Fqdn({ description: 'Either pool of the pair.' })
  pool!: string;

  @Duration({
    description:
      'From the outage until callers are served again. What is absent stays; `none` takes it back.',
    example: 1_800_000,
  })
  recoveryTime?: number | 'none';

  @Duration({
    description: 'How much older than the outage what is restored may be. Likewise.',
    example: 86_400_000,
  })
  recoveryPoint?: number | 'none';
}

export class AnnotateIncidentDto extends DatedDto {
  @Fqdn({ description: 'The pool whose incident it is about.' })
  pool!: string;

  @Text(limits.note, { description: 'The note.', example: 'The vendor was called' })
  text!: string;

  @ApiProperty({
    required: false,
    description:
      'The moment that it speaks of: an RFC 3339 time, not in the future. That of the command, where absent.',
    example: '2026-11-24T03:10:00Z',
  })
  @IsOptional()
  @Matches(timePattern, {
    message: '$property must be an RFC 3339 time with an offset, such as 2026-11-24T03:10:00Z',
  })
  at?: string;
}

export class TickStepDto extends DatedDto {
  @Fqdn({ description: 'The pool that is down.' })
  pool!: string;

  @Text(limits.shortText, {
    description: 'The id of a step of the runbook that no event completes.',
    example: 'central-management',
  })
  step!: string;

  @Text(limits.note, {
    description: 'What there is to say of it.',
    example: 'It was settled',
    optional: true,
  })
  note?: string;
}
