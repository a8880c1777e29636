/** The query parameters of views. */
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { CallFilter } from '../../../projections/call-status/calls.js';
import type { ViewQuery } from '../../runtime/queries/query-service.js';
import type { Requester } from '../../runtime/requester.js';
import { ObjectId, Text } from '../commands/fields.js';
import { callsAfter } from './cursor.js';
import { IsMoment, momentOf, positionPattern } from './moments.js';

const largestLimit = 1_000;

export class ViewQueryDto {
  @ApiPropertyOptional({
    description:
      'A moment of the past: an RFC 3339 time (by when things were recorded) or a position. Now, where absent.',
    example: '2026-11-24T10:42:00Z',
  })
  @IsOptional()
  @IsMoment()
  asOf?: string;

  @ApiPropertyOptional({ description: 'Wait until the view has reached this position.', example: '0' })
  @IsOptional()
  @Matches(positionPattern, { message: '$property must be a position, such as 4711' })
  minPosition?: string;
}

export class PageQueryDto extends ViewQueryDto {
  @ApiPropertyOptional({
    description: `Entries on the page, 1 to ${largestLimit}; 100 where absent.`,
    example: '100',
  })
  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/, { message: `$property must be a whole number from 1 to ${largestLimit}` })
  limit?: string;

  @Text(256, { description: 'The `next` of the page before.', optional: true })
  cursor?: string;
}

const runbookFormats = ['json', 'markdown'] as const;

export class RunbookQueryDto extends ViewQueryDto {
  @ApiPropertyOptional({
    description: 'The form of the answer; as the Accept header asks, where absent.',
    enum: runbookFormats,
  })
  @IsOptional()
  @IsIn(runbookFormats, { message: `$property must be one of: ${runbookFormats.join(', ')}` })
  format?: (typeof runbookFormats)[number];
}

const callStatuses = ['in-progress', 'connected', 'ended', 'disconnected'] as const;

export class CallsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: callStatuses })
  @IsOptional()
  @IsIn(callStatuses, { message: `$property must be one of: ${callStatuses.join(', ')}` })
  status?: (typeof callStatuses)[number];

  @ObjectId({ description: 'The id of a workflow.', optional: true })
  responseGroup?: string;
}

export function viewQuery({ asOf, minPosition }: ViewQueryDto, requester: Requester): ViewQuery {
  return {
    requester,
    asOf: asOf === undefined ? null : momentOf('asOf', asOf),
    minPosition: minPosition === undefined ? null : BigInt(minPosition),
  };
}

export function callFilter({ status, responseGroup, limit, cursor }: CallsQueryDto): CallFilter {
  const after = callsAfter(cursor);
  return {
    limit: limitOf(limit),
    ...(status === undefined ? {} : { status }),
    ...(responseGroup === undefined ? {} : { responseGroup }),
    ...(after === null ? {} : { after }),
  };
}

export const limitOf = (limit: string | undefined): number => (limit === undefined ? 100 : Number(limit));
