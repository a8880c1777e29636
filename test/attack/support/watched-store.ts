import type { LogRange, StoredEvent, Verification } from '../../../src/store/port.js';
import { StoreDecorator } from '../../../src/store/store-decorator.js';

/** Counts what is read of the log, and holds the readers back at a page until the test lets them go on. */
export class WatchedStore extends StoreDecorator {
  /** Checks of the chain that have begun. */
  verifications = 0;
  /** Walks through the log, or through a part of it, that have begun, are under way, and the pages of all of them. */
  walks = 0;
  underWay = 0;
  pages = 0;
  /** Events of a page, where that is set. */
  pageSize: number | null = null;
  private held: PromiseWithResolvers<void> | null = null;
  private reached = Promise.withResolvers<void>();

  /** From now on every walk waits before it reads a page. */
  hold(): void {
    this.held = Promise.withResolvers();
    this.reached = Promise.withResolvers();
  }

  letGoOn(): void {
    this.held?.resolve();
    this.held = null;
  }

  /** Resolves when a walk waits. */
  async isReached(): Promise<void> {
    await this.reached.promise;
  }

  forget(): void {
    this.verifications = this.walks = this.pages = 0;
  }

  override async verify(...asked: Parameters<StoreDecorator['verify']>): Promise<Verification> {
    this.verifications += 1;
    return await super.verify(...asked);
  }

  override async *readAll(range: LogRange = {}): AsyncGenerator<readonly StoredEvent[], void, undefined> {
    this.walks += 1;
    this.underWay += 1;
    try {
      const paged = this.pageSize === null ? range : { ...range, pageSize: this.pageSize };
      for await (const page of super.readAll(paged)) {
        if (this.held !== null) {
          this.reached.resolve();
          await this.held.promise;
        }
        this.pages += 1;
        yield page;
      }
    } finally {
      this.underWay -= 1;
    }
  }
}
