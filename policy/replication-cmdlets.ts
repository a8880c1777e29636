/** The cmdlets of the backup service that replicates response groups. The documents misspell one beside them: it is Hours. */
import { quoted } from '../text/powershell.js';

/** The export is to be in SteadyState or FinalState, the import in NormalState. */
export const replicationStatusCmdlet = (pool: string): string =>
  `Get-CsBackupServiceStatus -PoolFqdn ${quoted(pool)} -Category RGS`;

/** One switch for all pairs. */
export const enableReplicationCmdlet = 'Set-CsBackupServiceConfiguration -EnableRgsBackupService 1';

/** The server is for the administrator to fill in. */
export const replicationDatabaseCmdlet = (pool: string): string =>
  `Install-CsDatabase -ConfiguredDatabases -SqlServerFqdn ${quoted(`<back-end server of ${pool}>`)}`;

/** Takes what was there before into what is replicated. */
export const seedReplicationCmdlet = (pool: string): string =>
  `Invoke-CsRgsStoreReplicateData -PoolFqdn ${quoted(pool)}`;

export const replicateChangesCmdlet = (pool: string): string =>
  `Backup-CsPool -PoolFqdn ${quoted(pool)} -Category RGS`;

export const replicateAllCmdlets = (pool: string): readonly string[] =>
  ['ApplicationServer.RGSDataStore', 'ApplicationServer.RGSFileStore'].map(
    (part) => `Invoke-CsBackupServiceSync -PoolFqdn ${quoted(pool)} -BackupModule ${part}`,
  );
