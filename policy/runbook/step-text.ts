/** What the runbook says of a step, as data. */
import type { SourceId } from '../sources.js';
import type { Stage } from '../stages.js';
import type { StatementId } from '../statements.js';

export const phases = ['prepare', 'outage', 'failover', 'stand-in', 'failback', 'clean-up'] as const;
export type Phase = (typeof phases)[number];

/** How the pool goes down: by a disaster, or because somebody wants it to. */
export type Way = 'disaster' | 'planned';

export interface StepText {
  readonly phase: Phase;
  readonly title: string;
  readonly why: string;
  readonly precondition: string;
  readonly verify: string;
  /** The stages of the pool in which it is to be done. */
  readonly due: readonly Stage[];
  /** Both ways where absent. */
  readonly way?: Way;
  /** Service comes back without it. */
  readonly optional?: true;
  /** The command that records it; null where nothing does, so that no log can tick it. */
  readonly records: string | null;
  readonly sources: readonly SourceId[];
  /** Statements of the three tables, where they are why. */
  readonly because?: readonly StatementId[];
}
