import { Listeners } from '../listeners.js';
import type { StoreNotice } from '../port.js';

/** Milliseconds without any success after which the server counts as lost. A connection that comes back sooner is no loss. */
const PATIENCE = 1_000;

/**
 * Whether the server is reached, over all calls and subscriptions of a store. It is said once that the server is lost, and
 * once that it is back.
 */
export class Reachability {
  readonly notices = new Listeners<StoreNotice>();
  /** Why each of them has failed: the calls together, and each subscription. */
  private readonly reasons = new Map<object, string>();
  private began: number | null = null;
  private isTold = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly patience = PATIENCE) {}

  /** Milliseconds since the first failure; 0 while the server is reached. */
  get unreachedFor(): number {
    return this.began === null ? 0 : performance.now() - this.began;
  }

  /** Null while the server is reached. */
  get reason(): string | null {
    return this.reasons.values().next().value ?? null;
  }

  failed(source: object, reason: string): void {
    this.reasons.set(source, reason);
    this.began ??= performance.now();
    this.timer ??= setTimeout(() => this.tell(), this.patience).unref();
  }

  succeeded(source: object): void {
    if (this.reasons.size === 0 || !this.reasons.delete(source) || this.reasons.size > 0) return;
    const milliseconds = this.unreachedFor;
    this.forget();
    if (this.isTold) this.notices.publish({ kind: 'back', milliseconds });
    this.isTold = false;
  }

  close(): void {
    this.forget();
    this.reasons.clear();
  }

  private tell(): void {
    const { reason } = this;
    if (reason === null) return;
    this.isTold = true;
    this.notices.publish({ kind: 'lost', reason });
  }

  private forget(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.began = null;
  }
}
