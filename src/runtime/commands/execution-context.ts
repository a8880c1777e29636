import type { EventMetadata, IdempotencyNote } from '../../../events/envelope.js';
import type { Reported } from '../../domain/reported-time.js';
import type { CommandResult } from '../result.js';
import type { AcceptedCommand } from './accepted-command.js';
import type { CommandHandler } from './command-handler.js';

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
  /**
   * What the ids of its events follow from. For a command with a note it is another in each execution: a store would take
   * an append with the ids of another process's for that one, and not say so.
   */
  readonly idsFrom: string;
  readonly at: string;
  /** When it was given. */
  readonly now: string;
  /**
   * The result of an earlier request with the same key; null where there is none. It is looked up beside the streams that
   * the decision reads, and before each try: a store outside this process takes its time, and others may be faster.
   * @param handler of the command; null where none can be told any more
   */
  readonly recall: (handler: CommandHandler | null) => Promise<CommandResult<AcceptedCommand> | null>;
  /**
   * Called by a command that writes several streams, before it writes the first. A result ends the command: another
   * request with the same key was first.
   */
  readonly reserve: () => Promise<CommandResult<AcceptedCommand> | null>;
  /** What goes with the first event of the command; null where it came without a key. */
  readonly note: Pick<IdempotencyNote, 'key' | 'fingerprint'> | null;
  /** Whether an earlier try under this command id may have stored events already, without a note. */
  readonly resumed: boolean;
}

/** When a command was given, and for when. */
export const reportedBy = ({ occurredAt, now }: Pick<ExecutionContext, 'occurredAt' | 'now'>): Reported => ({
  happenedAt: occurredAt,
  now,
});
