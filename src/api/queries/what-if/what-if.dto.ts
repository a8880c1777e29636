import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsIn, IsOptional } from 'class-validator';
import { IsMoment, whatMomentIs } from '../moments.js';

const edit = {
  type: 'object',
  description: 'Exactly one of these.',
  properties: {
    drop: {
      type: 'object',
      description: 'An event that did not happen.',
      properties: { event: { type: 'string' } },
    },
    move: {
      type: 'object',
      description: 'An event that happened at another time: RFC 3339, in the span.',
      properties: { event: { type: 'string' }, to: { type: 'string', format: 'date-time' } },
    },
    add: {
      type: 'object',
      description:
        'A command of a pair, or about a call or an agent, that was given, decided on the state that it would have met. What edit 3 creates has the id `edit-3`.',
      properties: {
        command: { type: 'string' },
        body: { type: 'object' },
        at: { type: 'string', format: 'date-time' },
      },
    },
    reading: {
      type: 'object',
      description: 'The document read otherwise, from the beginning of the span on.',
      properties: { reading: { type: 'string' }, choice: { type: 'string' } },
    },
  },
} as const;

export class WhatIfDto {
  @ApiProperty({
    description: `The moment, by when things happened, with which the span begins. What happened then belongs to it. ${whatMomentIs}`,
    example: '2026-11-24T09:00:00Z',
  })
  @IsMoment()
  from!: string;

  @ApiPropertyOptional({ description: `The moment with which it ends. Now, where absent. ${whatMomentIs}` })
  @IsOptional()
  @IsMoment()
  to?: string;

  @ApiProperty({
    description: 'Up to 10, told side by side; each with up to 100 edits.',
    type: 'array',
    items: {
      type: 'object',
      properties: { name: { type: 'string' }, edits: { type: 'array', items: edit } },
      required: ['name', 'edits'],
    },
  })
  @IsArray({ message: '$property must be a list of alternatives, each with its name and its edits' })
  alternatives!: unknown[];

  @ApiPropertyOptional({
    description:
      'Calls that the record cuts off and an alternative does not go on waiting, and meet its later stages. Without it they are not judged any more.',
    enum: ['still-waiting'],
  })
  @IsOptional()
  @IsIn(['still-waiting'], { message: '$property must be still-waiting, or left out' })
  assume?: 'still-waiting';
}
