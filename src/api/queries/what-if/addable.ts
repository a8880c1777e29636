import type { ClassConstructor } from 'class-transformer';
import type { CommandBodies } from '../../../domain/commands.js';
import { AgentGroupDto, MoveAgentDto, RegisterAgentDto, SignInAgentDto } from '../../commands/agents.dto.js';
import { CreateObjectDto, ModifyObjectDto, RemoveObjectDto } from '../../commands/configuration.dto.js';
import {
  DeclareOutageDto,
  InitiateFailoverDto,
  PoolWithReasonDto,
  ReportBackEndDatabaseDto,
} from '../../commands/lifecycle.dto.js';
import {
  ReportCallArrivedDto,
  ReportCallConnectedDto,
  ReportCallEndedDto,
} from '../../commands/calls.dto.js';
import { ChooseReadingDto, SetVersionDto } from '../../commands/pairing.dto.js';
import { ChooseRouteDto, ReplacePoolDto } from '../../commands/replacement.dto.js';
import { ReportReplicationDto, SetReplicationDto } from '../../commands/replication.dto.js';
import { ReportServiceDto } from '../../commands/services.dto.js';
import { ImportResponseGroupsDto, RecordExportDto } from '../../commands/transfer.dto.js';

/**
 * What edits can add, with the classes of their bodies: commands that the stream of a pair decides, and those about calls and
 * agents.
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
  'report-service': ReportServiceDto,
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
  'report-call-arrived': ReportCallArrivedDto,
  'report-call-connected': ReportCallConnectedDto,
  'report-call-ended': ReportCallEndedDto,
  'register-agent': RegisterAgentDto,
  'move-agent': MoveAgentDto,
  'sign-in-agent': SignInAgentDto,
  'sign-out-agent': AgentGroupDto,
} as const satisfies { readonly [Name in keyof CommandBodies]?: ClassConstructor<CommandBodies[Name]> };

export const isAddable = (command: string): command is keyof typeof addable =>
  Object.hasOwn(addable, command);
