/** The query parameters of what happened between two moments. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
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

  @ApiPropertyOptional({
    description:
      'By which order the two moments and the events between them go: `recorded`, that of the log, or `happened`, by what is known now. `recorded`, where absent.',
    enum: ['recorded', 'happened'],
    example: 'recorded',
  })
  @IsOptional()
  @IsIn(['recorded', 'happened'], { message: '$property must be recorded or happened' })
  order?: 'recorded' | 'happened';

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
  const { from = '0', to, order = 'recorded' } = query;
  return {
    requester,
    order,
    from: momentOf('from', from),
    to: to === undefined ? null : momentOf('to', to),
    minPosition: minPositionOf(query),
  };
}
