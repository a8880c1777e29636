/** The documents that readiness and runbook rest on, besides the three tables. Their content is restated in our own words. */

export const sourceIds = [
  'experience',
  'planning',
  'procedures',
  'export-cmdlet',
  'import-cmdlet',
  'get-cmdlets',
  'failing-over',
  'failing-back',
  'capacity',
  'names',
  'backup-tools',
  'release-notes',
  'pairing',
  'moving',
  'settings',
  'replication',
  'recovery-times',
  'disaster-recovery',
  'workflow-design',
  'queues',
  'agent-groups',
  'prompts',
] as const;
export type SourceId = (typeof sourceIds)[number];

export interface Source {
  readonly id: SourceId;
  /** Title and product version, as the publisher has it. */
  readonly title: string;
}

const titles: Readonly<Record<SourceId, string>> = {
  experience: 'Response group experience in Lync Server 2013 during pool failure',
  planning: 'Planning for Response Group disaster recovery in Lync Server 2013',
  procedures: 'Response Group disaster recovery procedures in Lync Server 2013',
  'export-cmdlet': 'Export-CsRgsConfiguration (cmdlet reference)',
  'import-cmdlet': 'Import-CsRgsConfiguration (cmdlet reference)',
  'get-cmdlets': 'Get-CsRgsWorkflow and its like (cmdlet reference)',
  'failing-over': 'Failing over a pool in Lync Server 2013',
  'failing-back': 'Failing back a pool in Lync Server 2013',
  capacity:
    'Capacity planning for Response Group in Lync Server 2013; Plan for Response Group in Skype for Business Server',
  names: 'Deployment process for Response Group in Skype for Business (collation of names)',
  'backup-tools': 'Backup and restoration requirements in Lync Server 2013: tools and permissions',
  'release-notes': 'Lync Server 2013 release notes: known issues of Response Group',
  pairing: 'Supported pool pairing options and best practices in Lync Server 2013',
  moving: 'Moving response groups to a new pool in Lync Server 2013',
  replication: 'Back up Response Group Service (RGS) data in Skype for Business Server 2019',
  'recovery-times': 'Recovery time for pool failover and pool failback in Lync Server 2013',
  'disaster-recovery': 'Front End pool disaster recovery in Skype for Business Server',
  settings: 'Set-CsRgsConfiguration (cmdlet reference)',
  'workflow-design': 'Designing and creating response group workflows in Skype for Business',
  queues: 'Create or modify a response group queue in Skype for Business',
  'agent-groups': 'Create or modify a response group agent group in Skype for Business',
  prompts: 'New-CsRgsPrompt (cmdlet reference)',
};

export const sourcesOf = (ids: Iterable<SourceId>): readonly Source[] => {
  const wanted = new Set(ids);
  return sourceIds.filter((id) => wanted.has(id)).map((id) => ({ id, title: titles[id] }));
};

export const sourceOf = (id: SourceId): Source => ({ id, title: titles[id] });
