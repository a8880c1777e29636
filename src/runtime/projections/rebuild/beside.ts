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
 * Builds a state from the log and swaps it in, in the turn of the event loop in which it stands at the position of the
 * live state: no event is missed there, and none comes twice. What the live state folds during the replay is buffered.
 * @param swapIn must not wait
 * @throws StoreUnavailableError, and whatever `replayTo` throws; nothing is swapped in then
 */
export async function buildBeside(
  runner: ProjectionRunner,
  state: StateBeside,
  swapIn: () => void,
): Promise<void> {
  for (;;) {
    using buffer = runner.buffer();
    await state.replayTo(buffer.after);
    for (const event of buffer.all) state.apply(event);
    if (!state.isUsable) continue;
    swapIn();
    return;
  }
}
