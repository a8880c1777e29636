import { IsOptional, Matches } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import {
  replicationImportStates,
  replicationStates,
  type ReplicationImportState,
  type ReplicationState,
} from '../../../events/vocabulary.js';
import { limits } from '../../../policy/limits.js';
import { DatedDto, timePattern } from './dated.dto.js';
import { Flag, Fqdn, OneOf, Text } from './fields.js';

export class SetReplicationDto extends DatedDto {
  @Fqdn({ description: 'The pool that `update` and `seeded` are about; `enabled` holds for both.' })
  pool!: string;

  @Flag({
    description: 'Whether the backup service is to replicate response groups. What is absent stays.',
    example: true,
  })
  enabled?: boolean;

  @Flag({ description: 'Whether the pool has the update that brings it.', example: true })
  update?: boolean;

  @Flag({ description: 'Whether what the pool had before was seeded.', example: true })
  seeded?: boolean;

  @Text(limits.reason, {
    description: 'Why, in words for the trail.',
    example: 'The update was installed at night',
    optional: true,
  })
  reason?: string;
}

export class ReportReplicationDto extends DatedDto {
  @Fqdn({ description: 'The pool that was asked: of what it owns, to its partner.' })
  pool!: string;

  @OneOf(replicationStates, {
    description: 'The state of the export, as the status check has it.',
    example: 'SteadyState',
  })
  state!: ReplicationState;

  @OneOf(replicationImportStates, {
    description:
      'The state of the import, as the same status check has it: how this pool takes in what its partner exports. Where absent, what is known stays.',
    example: 'NormalState',
    optional: true,
  })
  importState?: ReplicationImportState;

  @ApiProperty({
    required: false,
    description:
      'Up to when all is on the partner: an RFC 3339 time, not in the future. Where absent: in SteadyState and FinalState the time of the command, else what is known stays.',
    example: '2026-11-24T02:55:00Z',
  })
  @IsOptional()
  @Matches(timePattern, {
    message: '$property must be an RFC 3339 time with an offset, such as 2026-11-24T02:55:00Z',
  })
  at?: string;
}
