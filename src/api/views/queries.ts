/** What views can be asked with, as query parameters. */
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { eventTypes } from '../../../events/registry.js';
import type { CallFilter } from '../../../projections/call-status/calls.js';
import type { AuditPage } from '../../runtime/views/audit-views.js';
import type { ViewQuery } from '../../runtime/views/query.js';
import { timePattern } from '../commands/dated.dto.js';
import { Identifier, Text } from '../commands/fields.js';
import { utcOf } from '../http/time.js';
import { afterOf } from './cursor.js';
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

  @Identifier({ description: 'The id of a workflow.', optional: true })
  responseGroup?: string;
}

export class AuditQueryDto extends PageQueryDto {
  @Text(256, { description: 'Only what this actor did.', optional: true })
  actor?: string;

  @ApiPropertyOptional({ description: 'Only this type of event.', enum: eventTypes })
  @IsOptional()
  @IsIn(eventTypes, { message: `$property must be a type of event: ${eventTypes.join(', ')}` })
  type?: string;

  @ApiPropertyOptional({ description: 'Only what happened at or after this time.' })
  @IsOptional()
  @Matches(timePattern, { message: '$property must be an RFC 3339 time with an offset' })
  from?: string;

  @ApiPropertyOptional({ description: 'Only what happened at or before this time.' })
  @IsOptional()
  @Matches(timePattern, { message: '$property must be an RFC 3339 time with an offset' })
  to?: string;

  @Identifier({ description: 'Only what was recorded in the course of this incident.', optional: true })
  incident?: string;

  @ApiPropertyOptional({
    description: 'Only refused commands, or only what was not refused.',
    enum: ['true', 'false'],
  })
  @IsOptional()
  @IsIn(['true', 'false'], { message: '$property must be true or false' })
  refused?: 'true' | 'false';
}

export function viewQuery({ asOf, minPosition }: ViewQueryDto): ViewQuery {
  return {
    asOf: asOf === undefined ? null : momentOf('asOf', asOf),
    minPosition: minPosition === undefined ? null : BigInt(minPosition),
  };
}

export function callFilter({ status, responseGroup, limit, cursor }: CallsQueryDto): CallFilter {
  const after = afterOf(cursor);
  return {
    limit: limitOf(limit),
    ...(status === undefined ? {} : { status }),
    ...(responseGroup === undefined ? {} : { responseGroup }),
    ...(after === null ? {} : { after }),
  };
}

export function auditPage({
  actor,
  type,
  from,
  to,
  incident,
  refused,
  limit,
  cursor,
}: AuditQueryDto): AuditPage {
  const given = {
    actor,
    type,
    from: from === undefined ? undefined : utcOf('/from', from),
    to: to === undefined ? undefined : utcOf('/to', to),
    incident,
    ...(refused === undefined ? {} : { refused: refused === 'true' }),
  };
  const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { filter, after: afterOf(cursor), limit: limitOf(limit) };
}

const limitOf = (limit: string | undefined): number => (limit === undefined ? 100 : Number(limit));
