import type { StoredEvent } from '../../../store/port.js';
import type { ProjectionRunner } from '../projection-runner.js';

/** State that is built from the log while the live state goes on. */
export interface StateBeside {
  /** Folds the log up to and including a position; called again with a later one where `isUsable` was false. */
  replayTo(position: bigint): Promise<void>;
  /** Folds an event that came after that position. */
  apply(event: StoredEvent): void;
  /** False where an event left a part of the state half changed. */
  readonly isUsable: boolean;
}

/**
 * Builds a state from the log and calls `meet` once, in the turn of the event loop in which it is at the position of the
 * live state: no event is missed there, and none comes twice. What the live state folds during the replay is buffered.
 * Where `meet` takes several turns, it calls `catchUp` at the beginning of each: then both are at the same position again.
 * @returns what `meet` returns
 * @throws StoreUnavailableError, and whatever `replayTo` throws: `meet` is not called then
 */
export async function buildBeside<Value>(
  runner: ProjectionRunner,
  state: StateBeside,
  meet: (catchUp: () => void) => Value | Promise<Value>,
): Promise<Value> {
  for (;;) {
    using buffer = runner.buffer();
    await state.replayTo(buffer.after);
    const catchUp = (): void => {
      for (const event of buffer.take()) state.apply(event);
    };
    catchUp();
    if (state.isUsable) return await meet(catchUp);
  }
}
