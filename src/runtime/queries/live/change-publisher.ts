import type { JsonObject, Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { isCallEvent } from '../../../../facts/call.js';
import type { CallStatusState } from '../../../../projections/call-status/state.js';
import { eventSummaryOf } from '../../../../projections/event-summary.js';
import { changeBetween } from '../../../../projections/live/change.js';
import { viewSetAfterCalls, viewSetOf, type PoolViewSet } from '../../../../projections/view-set/view-set.js';
import type { LiveMessage } from './message.js';

/** How far something has the log, and when the last event there was recorded. */
export interface LogPosition {
  readonly position: bigint;
  readonly recordedAt: string | null;
}

/**
 * Tells what the fold of a pair changes for one pool, live or again from the log: by the same steps, so with the same
 * messages. Every event of the pair has a message of its own; events of calls are gathered in the next message,
 * whether that is the next of the pair or one asked for by `gathered`.
 */
export class ChangePublisher {
  private viewSet: PoolViewSet | null;
  private batching = false;

  /** `position`: the log up to and including here is in the state. */
  constructor(
    private readonly fqdn: string,
    state: CallStatusState,
    private reached: LogPosition,
  ) {
    this.viewSet = viewSetOf(state, fqdn);
  }

  /** What was told reaches up to here. */
  get position(): bigint {
    return this.reached.position;
  }

  get hasBatch(): boolean {
    return this.batching;
  }

  /** To be told every event of the pair and its calls, in order, with the state right after it. */
  after(event: Recorded<PoolkeeperEvent>, state: CallStatusState): LiveMessage | null {
    if (event.position <= this.position) return null;
    if (isCallEvent(event)) {
      this.batching = true;
      return null;
    }
    const before = this.viewSet;
    this.viewSet = viewSetOf(state, this.fqdn);
    this.reached = { position: event.position, recordedAt: event.recordedAt };
    return this.message(before, event);
  }

  /**
   * What the events of calls since the last message came to; null where that is nothing.
   * @param reached how far the state is: at least up to the last event told
   */
  batched(state: CallStatusState, reached: LogPosition): LiveMessage | null {
    if (reached.position > this.position) this.reached = reached;
    if (!this.batching) return null;
    const before = this.viewSet;
    this.viewSet = viewSetAfterCalls(before, state);
    return this.message(before, null);
  }

  /** All there is; null where the pair is not registered yet. */
  state(): LiveMessage | null {
    return this.viewSet === null ? null : this.named('state', this.viewSet);
  }

  private message(before: PoolViewSet | null, event: Recorded<PoolkeeperEvent> | null): LiveMessage | null {
    this.batching = false;
    if (this.viewSet === null || before === null) return this.state();
    const change = changeBetween(before, this.viewSet);
    if (event === null && Object.keys(change).length === 0) return null;
    return this.named('change', { event: event === null ? null : eventSummaryOf(event), ...change });
  }

  private named(name: LiveMessage['name'], body: object): LiveMessage {
    const { position, recordedAt } = this.reached;
    const stamped = { position: String(position), asOf: recordedAt, ...body } as object as JsonObject;
    return { name, position, body: stamped };
  }
}
