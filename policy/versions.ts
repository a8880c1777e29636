/**
 * What the versions of the product differ in, as far as it matters to response groups: what their documents promise, what
 * one pool can carry, which cmdlets they lack, and what to be warned of. Which version a pair has is recorded, never guessed.
 */
import type { ProductVersion } from '../events/vocabulary.js';
import type { CapacityLimit } from './readiness/capacity.js';
import type { StepId } from './runbook/steps.js';
import type { SourceId } from './sources.js';

const minute = 60_000;

/** What a document promises for a pool as a whole, in milliseconds. */
export interface DocumentedTargets {
  /** From starting the failover until it is complete: neither noticing nor deciding counts, nor agents who sign in again. */
  readonly recoveryTime: number;
  readonly recoveryPoint: number;
  readonly source: SourceId;
}

export interface VersionTraits {
  readonly title: string;
  readonly targets: DocumentedTargets;
  /** The column of the documented capacity. */
  readonly capacity: Extract<keyof CapacityLimit, 'lync2013' | 'skypeForBusiness'>;
  /** Whether its backup service can replicate response groups; 2019 needs the update of July 2019 for it. */
  readonly replicates: boolean;
  /** A cmdlet, or one of its switches, or a value of a switch, that it does not have. */
  readonly lacks: readonly string[];
  /** What its users met, by the step of the runbook in which it matters. */
  readonly warnings: Readonly<Partial<Record<StepId, string>>>;
}

const skypeForBusiness: DocumentedTargets = {
  // The document says 15 to 20.
  recoveryTime: 20 * minute,
  recoveryPoint: 5 * minute,
  source: 'disaster-recovery',
};

const withoutReplication: readonly string[] = [
  'Invoke-CsRgsStoreReplicateData',
  'Set-CsBackupServiceConfiguration -EnableRgsBackupService',
  'Get-CsBackupServiceStatus -Category RGS',
  'Backup-CsPool -Category RGS',
  'Invoke-CsBackupServiceSync -BackupModule ApplicationServer.RGSDataStore',
  'Invoke-CsBackupServiceSync -BackupModule ApplicationServer.RGSFileStore',
];

const noReplication =
  'This version replicates no response groups: without an import the backup pool has none of them.';
const replicationIsPossible =
  'The backup service of this version can bring them there by itself: where it does, record set-replication and what its status check says.';

export const versions: Readonly<Record<ProductVersion, VersionTraits>> = {
  '2013': {
    title: 'Lync Server 2013',
    targets: { recoveryTime: 30 * minute, recoveryPoint: 30 * minute, source: 'recovery-times' },
    capacity: 'lync2013',
    replicates: false,
    lacks: withoutReplication,
    warnings: {
      'import-to-backup': noReplication,
      'sign-in-on-backup':
        'The console of Lync 2010 shows only groups of 2010: open that of 2013 by its address.',
      'fail-back':
        'The cmdlet may end with an error about hydration: repeat it until it succeeds (release notes of Lync Server 2013).',
    },
  },
  '2015': {
    title: 'Skype for Business Server 2015',
    targets: skypeForBusiness,
    capacity: 'skypeForBusiness',
    replicates: false,
    lacks: withoutReplication,
    warnings: { 'import-to-backup': noReplication },
  },
  '2019': {
    title: 'Skype for Business Server 2019',
    targets: skypeForBusiness,
    capacity: 'skypeForBusiness',
    replicates: true,
    lacks: [],
    warnings: {
      'pre-stage': `${replicationIsPossible} It takes the update of July 2019 on both pools.`,
    },
  },
  subscription: {
    title: 'Skype for Business Server Subscription Edition',
    targets: skypeForBusiness,
    capacity: 'skypeForBusiness',
    replicates: true,
    lacks: [],
    warnings: { 'pre-stage': replicationIsPossible },
  },
};
