/** What an audit trail can be asked with, as query parameters. */
import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsIn, IsOptional } from 'class-validator';
import { eventTypes } from '../../../../events/registry.js';
import { callsCutOff } from '../../../../projections/audit-trail/consequence.js';
import { auditClasses, typesOfClass, type AuditClass } from '../../../../projections/audit-trail/classes.js';
import type { AskedAudit, AskedAuditPage } from '../../../runtime/queries/audit-queries.js';
import { auditOrders, type AuditOrder } from '../../../runtime/queries/audit-page.js';
import { Identifier, Text } from '../../commands/fields.js';
import { InvalidRequestError } from '../../http/errors.js';
import { exportFormats, type AuditFormat } from './audit-formats.js';
import { trailFrom } from '../cursor.js';
import { IsMoment, spanOf, whatMomentIs } from '../moments.js';
import { limitOf, PageQueryDto } from '../query.dto.js';

const types = [...eventTypes, callsCutOff];
const formats = ['json', ...exportFormats];

/** A parameter that may be given again: `type=A&type=B` is a list, and one alone a list of one. */
const Several = (allowed: readonly string[], description: string, what: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      description,
      isArray: true,
      enum: [...allowed],
      // Each value is a parameter of its own.
      ...({ style: 'form', explode: true } as const),
    }),
    IsOptional(),
    Transform(({ value }: TransformFnParams): unknown => (typeof value === 'string' ? [value] : value)),
    IsIn([...allowed], {
      each: true,
      message: `$property must be ${what}: ${allowed.join(', ')}; it may be given again`,
    }),
  );

export class AuditQueryDto extends PageQueryDto {
  @Text(256, { description: 'Only what this actor did; what is derived, nobody did.', optional: true })
  actor?: string;

  @Several(
    types,
    `Only this type of event, or ${callsCutOff}: the calls that a stage cut off as it began. Given again: any of them.`,
    'a type of entry',
  )
  type?: readonly string[];

  @Several(
    auditClasses,
    'Only this class of entries. Given again: any of them. `stages` has what they cut off, `calls` what was reported of single calls.',
    'a class of entries',
  )
  class?: readonly AuditClass[];

  @ApiPropertyOptional({
    description: 'true: without what was reported of single calls. What a stage did to calls stays.',
    enum: ['true', 'false'],
  })
  @IsOptional()
  @IsIn(['true', 'false'], { message: '$property must be true or false' })
  withoutCalls?: 'true' | 'false';

  @ApiPropertyOptional({
    description:
      'Which entry comes first. A page of the newest begins with the last entry; its `previous` leads to what came since.',
    enum: auditOrders,
    default: 'oldest',
  })
  @IsOptional()
  @IsIn(auditOrders, { message: `$property must be one of: ${auditOrders.join(', ')}` })
  order?: AuditOrder;

  @ApiPropertyOptional({ description: `Only what happened at or after this moment. ${whatMomentIs}` })
  @IsOptional()
  @IsMoment()
  from?: string;

  @ApiPropertyOptional({ description: `Only what happened at or before this moment. ${whatMomentIs}` })
  @IsOptional()
  @IsMoment()
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

  @Text(256, {
    description:
      'Only what holds this text, in any case: in its sentence, type, actor, ids or payload; or its position.',
    optional: true,
  })
  text?: string;

  @ApiPropertyOptional({
    description:
      'ndjson or csv: all entries that pass, without pages; json: a page. What the Accept header prefers, where absent.',
    enum: formats,
  })
  @IsOptional()
  @IsIn(formats, { message: `$property must be one of: ${formats.join(', ')}` })
  format?: AuditFormat;
}

export function auditFilter(query: AuditQueryDto): AskedAudit {
  const { actor, incident, correlationId, refused, text, withoutCalls } = query;
  const given = {
    actor,
    type: typesAskedFor(query),
    ...spanOf(query),
    incident,
    correlationId,
    refused: refused === undefined ? undefined : refused === 'true',
    withoutCalls: withoutCalls === 'true' ? true : undefined,
    text,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Those of a class that are also named by type, where both are given; undefined where neither is. */
function typesAskedFor({ type, class: classes }: AuditQueryDto): readonly string[] | undefined {
  const ofClasses = classes?.flatMap(typesOfClass);
  return ofClasses === undefined ? type : ofClasses.filter((one) => type?.includes(one) ?? true);
}

export const orderOf = ({ order = 'oldest' }: AuditQueryDto): AuditOrder => order;

export const auditPage = (query: AuditQueryDto): AskedAuditPage => ({
  filter: auditFilter(query),
  order: orderOf(query),
  from: trailFrom(query.cursor),
  limit: limitOf(query.limit),
});

/** An export has no pages. */
export function refusePaging(query: AuditQueryDto, format: AuditFormat): void {
  const given = (['limit', 'cursor'] as const).filter((field) => query[field] !== undefined);
  if (given.length === 0) return;
  const detail = `goes with pages, and ${format} has none: leave it out, or ask for json.`;
  throw new InvalidRequestError(given.map((field) => ({ pointer: `/${field}`, detail })));
}
