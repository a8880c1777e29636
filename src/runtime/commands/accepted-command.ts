/** What accepted commands answer, whichever they are. */
import type {
  AddExportAnswer,
  CallCommandAnswer,
  CommandAnswer,
  SiteOutageAnswer,
} from '../../contract/commands.js';
import type { EventAnswer, EventOutline } from '../../contract/events.js';
import type { ProblemDocument } from '../../contract/problems.js';

/** What some commands answer beside their events. */
export interface CommandDetails
  extends
    Partial<Pick<CallCommandAnswer, 'callId' | 'status' | 'call'>>,
    Partial<Pick<AddExportAnswer, 'writtenAt' | 'writtenAtFrom'>> {
  /** Of the object that was created, or of the export that was imported. */
  readonly id?: string;
  readonly exportId?: string;
  /** How a call stands takes the place of what allowed the command. */
  readonly because?: readonly string[];
  readonly outages?: SiteOutageAnswer['outages'];
  readonly refused?: readonly { readonly pool: string; readonly problem: ProblemDocument }[];
}

/** The answer to any accepted command; `src/contract/answers.ts` has the precise shape for each. */
export interface AcceptedCommand extends Omit<CommandAnswer, 'events' | 'because'>, CommandDetails {
  readonly events: readonly (EventAnswer | EventOutline)[];
  readonly because: readonly string[];
}
