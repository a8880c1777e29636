import type { ClassConstructor } from 'class-transformer';
import type { PairCommands } from '../../../domain/commands.js';
import { CreateObjectDto, ModifyObjectDto, RemoveObjectDto } from '../../commands/configuration.dto.js';
import {
  DeclareOutageDto,
  InitiateFailoverDto,
  PoolWithReasonDto,
  ReportBackEndDatabaseDto,
} from '../../commands/lifecycle.dto.js';
import { ChooseReadingDto, SetVersionDto } from '../../commands/pairing.dto.js';
import { ChooseRouteDto, ReplacePoolDto } from '../../commands/replacement.dto.js';
import { ReportReplicationDto, SetReplicationDto } from '../../commands/replication.dto.js';
import { ImportResponseGroupsDto, RecordExportDto } from '../../commands/transfer.dto.js';

/**
 * What edits can add: commands that the stream of a pair decides, with the classes of their bodies. What callers and agents
 * did is on record.
 */
export const addable = {
  'choose-reading': ChooseReadingDto,
  'set-version': SetVersionDto,
  'set-replication': SetReplicationDto,
  'report-replication': ReportReplicationDto,
  'create-object': CreateObjectDto,
  'modify-object': ModifyObjectDto,
  'remove-object': RemoveObjectDto,
  'record-export': RecordExportDto,
  'import-response-groups': ImportResponseGroupsDto,
  'declare-outage': DeclareOutageDto,
  'report-back-end-database': ReportBackEndDatabaseDto,
  'end-outage': PoolWithReasonDto,
  'close-incident': PoolWithReasonDto,
  'initiate-failover': InitiateFailoverDto,
  'complete-failover': PoolWithReasonDto,
  'fail-failover': PoolWithReasonDto,
  failback: PoolWithReasonDto,
  'complete-failback': PoolWithReasonDto,
  'fail-failback': PoolWithReasonDto,
  'choose-route': ChooseRouteDto,
  'replace-pool': ReplacePoolDto,
  'complete-replacement': PoolWithReasonDto,
} as const satisfies { readonly [Name in keyof PairCommands]?: ClassConstructor<PairCommands[Name]> };

export const isAddable = (command: string): command is keyof typeof addable =>
  Object.hasOwn(addable, command);
