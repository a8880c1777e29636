import type { EventAnswer, EventOutline } from '../../contract/events.js';
import type { Decision } from '../../domain/decision.js';
import type { EventToAppend, StoredEvent } from '../../store/port.js';
import type { CommandDetails } from './accepted-command.js';

/** A decision, and the revision of the stream that it was made on. */
export interface DecisionAtRevision {
  readonly decision: Decision;
  readonly revision: bigint | null;
  /** Must be stored in other streams before the events of the decision, in this order. */
  readonly elsewhere?: readonly StoredElsewhere[];
}

/** What a command stores in another stream than its own. */
export interface StoredElsewhere {
  readonly stream: string;
  /** That it was decided on; null where there is no such stream. */
  readonly revision: bigint | null;
  /** One at least. */
  readonly events: readonly EventToAppend[];
  /** Folds what was appended into the states that decisions are made on. */
  readonly apply: (events: readonly StoredEvent[]) => void;
}

/** The stream that a command writes, and how it decides on it. */
export interface CommandHandler {
  readonly stream: string;
  /** Commands with the same key wait for each other; the stream where absent. */
  readonly lockKey?: string;
  /** Whose trail a refusal belongs to. */
  readonly pairId: string;
  /** Decides on the newest state that can be read. */
  readonly decide: () => Promise<DecisionAtRevision>;
  /** Folds what was appended into the states that decisions are made on. */
  readonly apply: (events: readonly StoredEvent[]) => void;
  /** How the answer shows an event; whole, where this is absent. */
  readonly show?: (event: StoredEvent) => EventAnswer | EventOutline;
  /** What the answer says beside its events; a moment of null means now. */
  readonly describe?: (
    subject: string | null,
    moment: DescribedMoment | null,
  ) => CommandDetails | Promise<CommandDetails>;
}

/** Right after the last event of a command. */
export interface DescribedMoment {
  readonly last: StoredEvent;
  /** Whether the events were stored by an earlier request, so that much may have happened since. */
  readonly isRepeat: boolean;
}
