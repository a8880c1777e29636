import type { EventMetadata } from '../../../events/envelope.js';
import type { CommandResult } from '../result.js';
import type { AcceptedCommand } from './accepted-command.js';

/** What comes with a command, beside its body. */
export interface CommandContext {
  readonly actor: string;
  /** How it was proved who that is; absent where nothing was. */
  readonly provedBy?: EventMetadata['provedBy'];
  readonly onBehalfOf?: string;
  readonly correlationId: string;
  /** When it happened, if that was not just now: RFC 3339, UTC, not in the future. */
  readonly occurredAt: string | null;
  /** Revisions the target stream may stand at; `*` for any existing stream; null where the command is unconditional. */
  readonly ifMatch: readonly string[] | '*' | null;
  readonly idempotencyKey: string | null;
}

/** A command that is being executed. */
export interface ExecutionContext extends CommandContext {
  readonly commandId: string;
  readonly at: string;
  /**
   * The result of an earlier request with the same key; null where there is none. Looked up once, and beside the streams
   * that the decision reads: a store outside this process takes its time for each.
   */
  readonly recall: () => Promise<CommandResult<AcceptedCommand> | null>;
  /**
   * Called once everything is decided and before anything is stored.
   * A result ends the command: another request with the same key was first.
   */
  readonly reserve: () => Promise<CommandResult<AcceptedCommand> | null>;
  /** Whether an earlier try under this command id may have stored events already. */
  readonly resumed: () => boolean;
}
