/** The query parameters of what happened between two moments. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { TimeRange } from '../../runtime/queries/range-queries.js';
import type { Requester } from '../../runtime/requester.js';
import { IsMoment, minPositionOf, momentOf, positionPattern } from './moments.js';

class ToQueryDto {
  @ApiPropertyOptional({
    description: 'The moment up to which, inclusive: a time or a position. Now, where absent.',
    example: '2026-11-24T10:42:00Z',
  })
  @IsOptional()
  @IsMoment()
  to?: string;

  @ApiPropertyOptional({ description: 'Wait until the views have reached this position.', example: '0' })
  @IsOptional()
  @Matches(positionPattern, { message: '$property must be a position, such as 4711' })
  minPosition?: string;
}

const whatFromIs =
  'The moment after which: an RFC 3339 time (by when things were recorded) or a position, as they stood right after it.';

export class DiffQueryDto extends ToQueryDto {
  @ApiProperty({ description: whatFromIs, example: '0' })
  @IsMoment()
  from!: string;
}

export class ReplayQueryDto extends ToQueryDto {
  @ApiPropertyOptional({ description: `${whatFromIs} From the beginning, where absent.`, example: '0' })
  @IsOptional()
  @IsMoment()
  from?: string;
}

export function timeRangeOf(query: ReplayQueryDto, requester: Requester): TimeRange {
  const { from = '0', to } = query;
  return {
    requester,
    from: momentOf('from', from),
    to: to === undefined ? null : momentOf('to', to),
    minPosition: minPositionOf(query),
  };
}
