import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { IncidentFilter } from '../../../projections/incidents/list.js';
import { Text } from '../commands/fields.js';
import { incidentsBefore } from './cursor.js';
import { ViewQueryDto } from './query.dto.js';

const kinds = ['real', 'drill'] as const;
const largestPage = 200;
const usualPage = 50;

export class IncidentsQueryDto extends ViewQueryDto {
  @ApiPropertyOptional({ description: 'Only real incidents, or only drills.', enum: kinds })
  @IsOptional()
  @IsIn(kinds, { message: `$property must be one of: ${kinds.join(', ')}` })
  kind?: (typeof kinds)[number];

  @ApiPropertyOptional({
    description: `Incidents on the page, 1 to ${largestPage}; ${usualPage} where absent.`,
    example: '50',
  })
  @IsOptional()
  @Matches(/^([1-9]\d?|1\d\d|200)$/, { message: `$property must be a whole number from 1 to ${largestPage}` })
  limit?: string;

  @Text(256, { description: 'The `next` of the page before.', optional: true })
  cursor?: string;
}

const largestTimeline = 1_000;
const usualTimeline = 288;

export class TimelineQueryDto extends ViewQueryDto {
  @ApiPropertyOptional({
    description: `Buckets at most from the beginning of the incident to its end, 1 to ${largestTimeline}; ${usualTimeline} where absent. A bucket has five minutes or a multiple.`,
    example: '288',
  })
  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/, {
    message: `$property must be a whole number from 1 to ${largestTimeline}`,
  })
  buckets?: string;
}

export const mostBuckets = ({ buckets }: TimelineQueryDto): number =>
  buckets === undefined ? usualTimeline : Number(buckets);

export const reportFormats = ['json', 'markdown', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export class ReportQueryDto extends ViewQueryDto {
  @ApiPropertyOptional({
    description: 'The form of the answer; as the Accept header asks, where absent.',
    enum: reportFormats,
  })
  @IsOptional()
  @IsIn(reportFormats, { message: `$property must be one of: ${reportFormats.join(', ')}` })
  format?: ReportFormat;
}

export function incidentFilter({ kind, limit, cursor }: IncidentsQueryDto): IncidentFilter {
  const before = incidentsBefore(cursor);
  return {
    limit: limit === undefined ? usualPage : Number(limit),
    ...(kind === undefined ? {} : { kind }),
    ...(before === null ? {} : { before }),
  };
}
