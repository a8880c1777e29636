/** The steps of a pool that is in no pair, or hosts what a pool of no pair with it owns. */
import type { StepText } from './step-text.js';

export const stepsAlone = {
  'pair-again': {
    phase: 'prepare',
    title: 'Pair the pool with another',
    why: 'In no pair nobody stands in for the pool: if it fails, its response groups are gone until it is back.',
    precondition:
      'Both pools are up and unpaired. In Topology Builder the other pool is chosen as the associated backup pool of this one, the topology is published, and the setup of both is run again.',
    verify: 'Get-CsPoolBackupRelationship names the other pool.',
    due: ['normal'],
    records: 'register-pair',
    sources: ['pairing'],
  },
  'remove-strange-copies': {
    phase: 'clean-up',
    title: 'Remove copies that belong to no pool of the pair',
    why: 'They stand in for nothing and take no calls, but they are seen in the Management Shell and hold their names.',
    precondition: 'The pool that owns them has its own, or nobody wants them any more: the file keeps them.',
    verify: 'The listing shows none of them.',
    due: ['normal', 'failed-back'],
    optional: true,
    records: 'record-export',
    sources: ['procedures', 'export-cmdlet'],
  },
} as const satisfies Readonly<Record<string, StepText>>;
