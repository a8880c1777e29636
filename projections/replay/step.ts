/** One event of a pair, with the state after it and its effects. */
import type { ObjectKind, Tool } from '../../events/vocabulary.js';
import type { CallStatus } from '../../facts/call.js';
import type { Visible } from '../../policy/experience/types.js';
import type { CitedGrounds } from '../grounds.js';
import type { Stage } from '../../policy/stages.js';
import type { StatementId } from '../../policy/statements.js';
import type { CallTotals } from '../call-status/view.js';
import type { EventSummary } from '../event-summary.js';

export interface ReplayStep extends EventSummary {
  /** Of both pools, after the event; null before the pair is registered. */
  readonly stages: Readonly<Record<string, Stage>> | null;
  /** Which column of the matrix the pool's own copies follow then, and as which of the two pools. */
  readonly column: Column | null;
  /** Calls of the pool's response groups. */
  readonly calls: Pick<CallTotals, 'inProgress' | 'connected' | 'ended' | 'disconnected'> | null;
  readonly effect: Effect;
  /** Why it makes no sense in the order in which things happened: it changed nothing. Absent where it does. */
  readonly contradicted?: string;
}

export interface Column {
  readonly stage: Stage;
  readonly as: 'primary' | 'backup';
}

/** The effects of the event only. */
export interface Effect {
  readonly stage?: { readonly pool: string; readonly before: Stage | null; readonly after: Stage };
  /** Calls that the beginning of a stage cut off, by whose they were. */
  readonly cutOff?: readonly {
    readonly owner: string;
    readonly calls: number;
    /** By statement id, or `inferred/<inference>`. */
    readonly byStatement: Readonly<Record<string, number>>;
  }[];
  /** Copies that are seen or changed with other tools than before, came, or went. */
  readonly copies?: readonly ChangedCopy[];
  readonly call?: CallEffect;
}

export interface ChangedCopy {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly name: string;
  readonly parent: string;
  readonly seenWith: ToolsThenAndNow<Visible>;
  readonly changedWith: ToolsThenAndNow<boolean>;
  readonly because: readonly StatementId[];
}

/** Null where the copy is not there. */
export interface ToolsThenAndNow<Value> {
  readonly before: Readonly<Record<Tool, Value>> | null;
  readonly after: Readonly<Record<Tool, Value>> | null;
}

export interface CallEffect extends CitedGrounds {
  readonly callId: string;
  /** Null where the call was not open. */
  readonly before: CallStatus | null;
  /** Null where the event changed nothing. */
  readonly after: CallStatus | null;
  /** The fact landed after the call was over, and changed nothing. */
  readonly contradicted: boolean;
}
