import { StoreUnavailableError, type StoreCondition } from './port.js';
import { StoreDamagedError } from './sqlite/errors.js';

/** After a write that failed, in milliseconds: a page may still fit where an append did not. */
const BEFORE_PROBE = 10_000;

/** What has gone wrong with a store in this process. */
export class StoreFaults {
  private ended: StoreUnavailableError | null = null;
  private damage: StoreDamagedError | null = null;
  private unwritten: StoreUnavailableError | null = null;
  private failedAt = 0;

  get condition(): StoreCondition {
    return {
      ended: this.ended?.message ?? null,
      damaged: this.damage?.message ?? null,
      unwritable: this.unwritten?.message ?? null,
    };
  }

  get hasEnded(): boolean {
    return this.ended !== null;
  }

  /** Whether it is time to try whether it can be written to again. */
  get isProbeDue(): boolean {
    return this.unwritten !== null && performance.now() - this.failedAt >= BEFORE_PROBE;
  }

  /** @throws StoreUnavailableError where the store has ended */
  requireRunning(): void {
    if (this.ended !== null) throw this.ended;
  }

  end(fault: StoreUnavailableError): void {
    this.ended ??= fault;
  }

  /** Notes whether a write could be stored. */
  async writing<Outcome>(outcome: Promise<Outcome>): Promise<Outcome> {
    try {
      const written = await outcome;
      this.unwritten = null;
      return written;
    } catch (error) {
      this.unwritten = error instanceof StoreUnavailableError ? error : null;
      this.failedAt = performance.now();
      throw error;
    }
  }

  /** Notes damage that a read has met, and throws it on. */
  reading<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      if (error instanceof StoreDamagedError) this.damage ??= error;
      throw error;
    }
  }
}
