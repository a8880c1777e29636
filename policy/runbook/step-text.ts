/** The texts of a step of the runbook, and when it is due. */
import type { SourceId } from '../sources.js';
import type { Stage } from '../stages.js';
import type { StatementId } from '../statements.js';

export const phases = ['prepare', 'outage', 'failover', 'stand-in', 'failback', 'clean-up'] as const;
export type Phase = (typeof phases)[number];

/** How the pool goes down: unplanned, or in a planned failover. */
export type Way = 'disaster' | 'planned';

export interface StepText {
  readonly phase: Phase;
  readonly title: string;
  readonly why: string;
  readonly precondition: string;
  readonly verify: string;
  /** The stages of the pool in which the step has to be done. */
  readonly due: readonly Stage[];
  /** The step belongs to this way only; to both where absent. */
  readonly way?: Way;
  /** Only where the backup service is recorded to replicate response groups. */
  readonly replication?: true;
  /** Service is restored without it. */
  readonly optional?: true;
  /** The command that records the step; `tick-step` where nothing that happens shows that it is done. */
  readonly records: string;
  readonly sources: readonly SourceId[];
  /** The statements of the three tables that are the reason, if any. */
  readonly because?: readonly StatementId[];
}
