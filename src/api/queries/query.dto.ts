/** The query parameters of views. */
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { objectKinds, type ObjectKind } from '../../../events/vocabulary.js';
import type { CopyFilter } from '../../../projections/copy-entries.js';
import type { AskedCalls } from '../../runtime/queries/call-queries.js';
import { limits } from '../../../policy/limits.js';
import type { ViewQuery } from '../../runtime/queries/query-service.js';
import type { Requester } from '../../runtime/requester.js';
import { AgentAddress, Text } from '../commands/fields.js';
import { callsAfter } from './cursor.js';
import { IsMoment, minPositionOf, momentOf, positionPattern, spanOf, whatMomentIs } from './moments.js';

const largestLimit = 1_000;

export class ViewQueryDto {
  @ApiPropertyOptional({
    description: `What was known at a moment of the past: what was recorded later is left out. ${whatMomentIs} Now, where absent.`,
    example: '2026-11-24T10:42:00Z',
  })
  @IsOptional()
  @IsMoment()
  asOf?: string;

  @ApiPropertyOptional({
    description: `What was true at a moment of the past, by what is known now, or as of \`asOf\`: what happened later is left out, whenever it was recorded. ${whatMomentIs}`,
    example: '2026-11-24T10:42:00Z',
  })
  @IsOptional()
  @IsMoment()
  at?: string;

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

const configurationFormats = ['json', 'csv', 'html'] as const;
export type ConfigurationFormat = (typeof configurationFormats)[number];

export class ConfigurationQueryDto extends ViewQueryDto {
  @ApiPropertyOptional({
    description: 'The form of the answer; as the Accept header asks, where absent.',
    enum: configurationFormats,
  })
  @IsOptional()
  @IsIn(configurationFormats, { message: `$property must be one of: ${configurationFormats.join(', ')}` })
  format?: ConfigurationFormat;
}

export class AgentConsoleQueryDto extends ViewQueryDto {
  @Text(limits.name, {
    description: 'Only agent groups whose name holds this, in any case.',
    example: 'Help Desk',
    optional: true,
  })
  name?: string;
}

export class ExportsQueryDto extends ViewQueryDto {
  @Text(limits.fileName, {
    description: 'Only exports whose file name, or the folder it was given with, holds this, in any case.',
    example: '.zip',
    optional: true,
  })
  name?: string;
}

export class CopiesQueryDto extends ViewQueryDto {
  @Text(limits.name, {
    description: 'Only objects whose name holds this, in any case.',
    example: 'Help Desk',
    optional: true,
  })
  name?: string;

  @ApiPropertyOptional({ description: 'Only objects of this kind.', enum: objectKinds })
  @IsOptional()
  @IsIn(objectKinds, { message: `$property must be one of: ${objectKinds.join(', ')}` })
  kind?: ObjectKind;
}

export const copyFilter = ({ name, kind }: CopiesQueryDto): CopyFilter => ({
  ...(name === undefined ? {} : { name }),
  ...(kind === undefined ? {} : { kind }),
});

const callStatuses = ['in-progress', 'connected', 'ended', 'disconnected'] as const;

const callOrders = ['oldest', 'newest'] as const;

export class CallsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: callStatuses })
  @IsOptional()
  @IsIn(callStatuses, { message: `$property must be one of: ${callStatuses.join(', ')}` })
  status?: (typeof callStatuses)[number];

  @Text(limits.id, {
    description: 'The id of a workflow, or its name in any case: calls of every response group of this name.',
    optional: true,
  })
  responseGroup?: string;

  @AgentAddress({
    description: 'Only calls that this agent has answered, the latest where there were several.',
  })
  agent?: string;

  @Text(limits.caller, {
    description: 'Only calls of this caller, where that was reported. A number may be written in any form.',
    example: '+49 30 12345',
    optional: true,
  })
  caller?: string;

  @ApiPropertyOptional({
    enum: callOrders,
    description: 'The oldest first, where absent; a cursor is of one order.',
    example: 'newest',
  })
  @IsOptional()
  @IsIn(callOrders, { message: `$property must be one of: ${callOrders.join(', ')}` })
  order?: (typeof callOrders)[number];

  @ApiPropertyOptional({
    description: `Only calls that were not over before this moment. ${whatMomentIs}`,
    example: '2026-11-24T10:15:00Z',
  })
  @IsOptional()
  @IsMoment()
  from?: string;

  @ApiPropertyOptional({
    description: `Only calls that had arrived at this moment. ${whatMomentIs}`,
    example: '2026-11-24T10:25:00Z',
  })
  @IsOptional()
  @IsMoment()
  to?: string;
}

export function viewQuery(query: ViewQueryDto, requester: Requester): ViewQuery {
  const { asOf, at } = query;
  return {
    requester,
    asOf: asOf === undefined ? null : momentOf('asOf', asOf),
    at: at === undefined ? null : momentOf('at', at),
    minPosition: minPositionOf(query),
  };
}

export function callFilter(query: CallsQueryDto): AskedCalls {
  const { status, responseGroup, agent, caller, limit, cursor, order } = query;
  const { from, to } = spanOf(query);
  const isNewest = order === 'newest';
  const after = callsAfter(cursor, isNewest);
  return {
    limit: limitOf(limit),
    ...(isNewest ? { order } : {}),
    ...(status === undefined ? {} : { status }),
    ...(responseGroup === undefined ? {} : { responseGroup }),
    ...(agent === undefined ? {} : { agent }),
    ...(caller === undefined ? {} : { caller }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(after === null ? {} : { after }),
  };
}

export const limitOf = (limit: string | undefined): number => (limit === undefined ? 100 : Number(limit));
