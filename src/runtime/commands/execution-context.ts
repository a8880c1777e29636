import type { Reply } from '../reply.js';

/** What comes with a command, beside its body. */
export interface CommandContext {
  readonly actor: string;
  readonly correlationId: string;
  /** When it happened, if that was not just now: RFC 3339, UTC, not in the future. */
  readonly occurredAt: string | null;
  /** Revisions the target stream may stand at; `*` for any existing stream; null where the command is unconditional. */
  readonly ifMatch: readonly string[] | '*' | null;
  readonly idempotencyKey: string | null;
}

/** A command under way. */
export interface ExecutionContext extends CommandContext {
  readonly commandId: string;
  readonly at: string;
  /**
   * Called once everything is decided and before anything is stored.
   * A reply ends the run: another request with the same key was first.
   */
  readonly reserve: () => Promise<Reply | null>;
  /** Whether an earlier try under this command id may have stored events already. */
  readonly resumed: () => boolean;
}
