import type { CallRecord } from './state.js';

const CAPACITY = 256;

/** The last calls that were closed: a ring, because every call of the log passes through it and few are looked up. */
export class RecentlyClosed {
  private readonly ring: CallRecord[] = [];
  private next = 0;

  add(call: CallRecord): void {
    this.ring[this.next] = call;
    this.next = (this.next + 1) % CAPACITY;
  }

  /** A call that went on after all is no longer what was kept of it. */
  replace(call: CallRecord): void {
    const at = this.ring.findIndex(({ callId }) => callId === call.callId);
    if (at >= 0) this.ring[at] = call;
  }

  find(callId: string): CallRecord | undefined {
    return this.ring.find((call) => call.callId === callId);
  }
}
