/** What an audit trail can be asked with, as query parameters. */
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { eventTypes } from '../../../../events/registry.js';
import { callsCutOff } from '../../../../projections/audit-trail/consequence.js';
import type { AuditFilter } from '../../../../projections/audit-trail/filter.js';
import type { AuditPageQuery } from '../../../runtime/queries/audit-queries.js';
import { timePattern } from '../../commands/dated.dto.js';
import { Identifier, Text } from '../../commands/fields.js';
import { InvalidRequestError } from '../../http/errors.js';
import { utcOf } from '../../http/time.js';
import { exportFormats, type AuditFormat } from './audit-formats.js';
import { trailAfter } from '../cursor.js';
import { limitOf, PageQueryDto } from '../query.dto.js';

const types = [...eventTypes, callsCutOff];
const formats = ['json', ...exportFormats];

export class AuditQueryDto extends PageQueryDto {
  @Text(256, { description: 'Only what this actor did; what is derived, nobody did.', optional: true })
  actor?: string;

  @ApiPropertyOptional({
    description: `Only this type of event, or ${callsCutOff}: the calls that a stage cut off as it began.`,
    enum: types,
  })
  @IsOptional()
  @IsIn(types, { message: `$property must be a type of entry: ${types.join(', ')}` })
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

  @Text(128, { description: 'Only what belongs to this conversation.', optional: true })
  correlationId?: string;

  @ApiPropertyOptional({
    description: 'Only refused commands, or only what was not refused.',
    enum: ['true', 'false'],
  })
  @IsOptional()
  @IsIn(['true', 'false'], { message: '$property must be true or false' })
  refused?: 'true' | 'false';

  @ApiPropertyOptional({
    description:
      'ndjson or csv: all entries that pass, without pages; json: a page. What the Accept header prefers, where absent.',
    enum: formats,
  })
  @IsOptional()
  @IsIn(formats, { message: `$property must be one of: ${formats.join(', ')}` })
  format?: AuditFormat;
}

export function auditFilter({
  actor,
  type,
  from,
  to,
  incident,
  correlationId,
  refused,
}: AuditQueryDto): AuditFilter {
  const given = {
    actor,
    type,
    from: from === undefined ? undefined : utcOf('/from', from),
    to: to === undefined ? undefined : utcOf('/to', to),
    incident,
    correlationId,
    ...(refused === undefined ? {} : { refused: refused === 'true' }),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

export const auditPage = (query: AuditQueryDto): AuditPageQuery => ({
  filter: auditFilter(query),
  after: trailAfter(query.cursor),
  limit: limitOf(query.limit),
});

/** An export has no pages. */
export function refusePaging(query: AuditQueryDto, format: AuditFormat): void {
  const given = (['limit', 'cursor'] as const).filter((field) => query[field] !== undefined);
  if (given.length === 0) return;
  const detail = `goes with pages, and ${format} has none: leave it out, or ask for json.`;
  throw new InvalidRequestError(given.map((field) => ({ pointer: `/${field}`, detail })));
}
