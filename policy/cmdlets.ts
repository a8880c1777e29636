/** The cmdlets that readiness and runbook print, one function for each line. Their switches: `cmdlet-switches.ts`. */
import type { ObjectKind } from '../events/vocabulary.js';
import { quoted } from '../text/powershell.js';

const nouns: Readonly<Record<ObjectKind, string>> = {
  workflow: 'CsRgsWorkflow',
  queue: 'CsRgsQueue',
  'agent-group': 'CsRgsAgentGroup',
  'hours-of-business': 'CsRgsHoursOfBusiness',
  'holiday-set': 'CsRgsHolidaySet',
};

const service = (fqdn: string): string => quoted(`service:ApplicationServer:${fqdn}`);

export const exportCmdlet = (file: {
  readonly source: string;
  readonly fileName: string;
  readonly owner?: string;
  readonly remove?: boolean;
}): string =>
  [
    `Export-CsRgsConfiguration -Source ${service(file.source)}`,
    ...(file.owner === undefined ? [] : [`-Owner ${service(file.owner)}`]),
    `-FileName ${quoted(file.fileName)}`,
    ...(file.remove === true ? ['-RemoveExportedConfiguration'] : []),
  ].join(' ');

export const importCmdlet = (file: {
  readonly destination: string;
  readonly fileName: string;
  readonly overwriteOwner?: boolean;
  readonly replaceSettings?: boolean;
  readonly resolveNameConflicts?: boolean;
}): string =>
  [
    `Import-CsRgsConfiguration -Destination ${service(file.destination)} -FileName ${quoted(file.fileName)}`,
    ...(file.overwriteOwner === true ? ['-OverwriteOwner'] : []),
    ...(file.replaceSettings === true ? ['-ReplaceExistingRgsSettings'] : []),
    ...(file.resolveNameConflicts === true ? ['-ResolveNameConflicts'] : []),
  ].join(' ');

/** Lists all five kinds of objects on a pool. Imported objects are listed only with -Owner or -ShowAll. */
export const listCmdlets = (pool: string, of: { readonly owner: string } | 'all'): readonly string[] =>
  Object.values(nouns).map(
    (noun) =>
      `Get-${noun} -Identity ${service(pool)} ${of === 'all' ? '-ShowAll' : `-Owner ${service(of.owner)}`}`,
  );

export interface Addressed {
  readonly kind: ObjectKind;
  readonly parent: string;
  readonly owner: string;
  readonly name: string;
}

export const getCmdlet = ({ kind, parent, owner, name }: Addressed): string =>
  `Get-${nouns[kind]} -Identity ${service(parent)} -Name ${quoted(name)}${owner === parent ? '' : ' -ShowAll'}`;

export const renameCmdlets = (object: Addressed, name: string): readonly string[] =>
  editCmdlets(object, `$object.Name = ${quoted(name)}`);

export const removeCmdlet = (object: Addressed): string =>
  `${getCmdlet(object)} | Remove-${nouns[object.kind]}`;

/** Changes an object: nothing is saved until it is written back. */
export const editCmdlets = (object: Addressed, ...changes: readonly string[]): readonly string[] => [
  `$object = ${getCmdlet(object)}`,
  ...changes,
  `Set-${nouns[object.kind]} -Instance $object`,
];

/** Adds a day to a holiday set; the day is for the administrator to fill in. */
export const addHolidayCmdlets = (set: Addressed): readonly string[] =>
  editCmdlets(
    set,
    '$object.HolidayList.Add((New-CsRgsHoliday -Name "<holiday>" -StartDate "<its first day>" -EndDate "<the day after its last>"))',
  );

export const backupRelationshipCmdlet = (pool: string): string =>
  `Get-CsPoolBackupRelationship -PoolFqdn ${quoted(pool)}`;

export const showSettingsCmdlet = (pool: string): string =>
  `Get-CsRgsConfiguration -Identity ${service(pool)}`;

/** Sets the application settings. Music on hold is an audio file, which has to be imported by a line of its own before. */
export const setSettingsCmdlets = (
  pool: string,
  settings: Readonly<Record<string, unknown>>,
): readonly string[] => {
  const {
    agentRingbackGracePeriod: grace,
    disableCallContext: noContext,
    defaultMusicOnHoldFile: music,
  } = settings;
  const file = typeof music === 'string' ? quoted(music) : null;
  return [
    ...(file === null
      ? []
      : [
          `$music = Import-CsRgsAudioFile -Identity ${service(pool)} -FileName ${file} -Content ([System.IO.File]::ReadAllBytes(${file}))`,
        ]),
    [
      `Set-CsRgsConfiguration -Identity ${service(pool)}`,
      ...(typeof grace === 'number' ? [`-AgentRingbackGracePeriod ${grace}`] : []),
      ...(typeof noContext === 'boolean' ? [`-DisableCallContext $${noContext}`] : []),
      `-DefaultMusicOnHoldFile ${file === null ? '$null' : '$music'}`,
    ].join(' '),
  ];
};

/** Starts a Windows service again where it is stopped; on which Front End servers only a look at each tells. */
export const startServiceCmdlets = (windowsService: string): readonly string[] => [
  '# for each Front End server of the pool:',
  `Get-CsWindowsService -Name ${windowsService} -ComputerName "<Front End server>"`,
  `Start-CsWindowsService -Name ${windowsService} -ComputerName "<Front End server>"`,
];

/** Brings the Central Management store to the backup pool; -Force where the other one cannot be reached. */
export const centralManagementFailover = (isDown: boolean): readonly string[] => [
  `Invoke-CsManagementServerFailover -BackupSqlServerFqdn "<SQL server of the backup pool>" -BackupSqlInstanceName "<its instance>"${isDown ? ' -Force' : ''}`,
  'Get-CsManagementStoreReplicationStatus',
];

/** Shows where the Central Management store is: it has to be failed over before the pool. */
export const centralManagementCmdlets = (pool: string): readonly string[] => [
  'Invoke-CsManagementServerFailover -WhatIf',
  backupRelationshipCmdlet(pool),
  'Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus',
];

/** An Edge pool whose next hop is the failed pool makes the failover fail. Only the topology says which ones do. */
export const edgeCmdlets = (backup: string): readonly string[] => [
  'Get-CsService -EdgeServer',
  '# for each Edge pool whose next hop is the failed pool:',
  `Set-CsEdgeServer -Identity "EdgeServer:<Edge pool>" -Registrar ${quoted(`Registrar:${backup}`)}`,
];

export const failOverCmdlet = (pool: string, disasterMode: boolean): string =>
  `Invoke-CsPoolFailOver -PoolFqdn ${quoted(pool)}${disasterMode ? ' -DisasterMode' : ''} -Verbose`;

export const failBackCmdlet = (pool: string): string =>
  `Invoke-CsPoolFailBack -PoolFqdn ${quoted(pool)} -Verbose`;
