import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import type { PoolReplaced } from '../../../../events/replacement.js';
import { isCallEvent } from '../../../../facts/call.js';
import type { CallStatusState } from '../../../../projections/call-status/state.js';
import { eventSummaryOf } from '../../../../projections/event-summary.js';
import { callStatusView } from '../../../../projections/call-status/view.js';
import { changeBetween, type ViewSetChange } from '../../../../projections/live/change.js';
import { viewSetAfterCalls, viewSetOf, type PoolViewSet } from '../../../../projections/view-set/view-set.js';
import type { Dateline } from '../answer.js';
import type { LiveMessage } from './message.js';

/** A position that the log was read up to, and when the last event there was recorded. */
export interface LogPosition {
  readonly position: bigint;
  readonly recordedAt: string | null;
}

/**
 * Makes the messages about one pool from the events of its pair. Live and in a catch-up the same events give the same
 * messages. Every pair event has its own message; call events are batched into the next message, which is
 * the one of the next pair event or the one that `batched` makes.
 */
export class ChangePublisher {
  private viewSet: PoolViewSet | null;
  private batching = false;
  private over = false;

  /** @param reached the log up to and including here is in the state */
  constructor(
    private readonly fqdn: string,
    state: CallStatusState,
    private reached: LogPosition,
  ) {
    this.viewSet = viewSetOf(state, fqdn);
  }

  /** The messages so far reach up to here. */
  get position(): bigint {
    return this.reached.position;
  }

  /** Another pool has taken the place of this one: there is no message after the one that says so. */
  get isOver(): boolean {
    return this.over;
  }

  get hasBatch(): boolean {
    return this.batching;
  }

  /**
   * The message of an event; null for a call event, and for one that an earlier message includes.
   * Call it with every event of the pair and its calls, in order, and with the state right after the event.
   */
  after(event: Recorded<PoolkeeperEvent>, state: CallStatusState): LiveMessage | null {
    if (this.over || event.position <= this.position) return null;
    if (isCallEvent(event)) {
      this.batching = true;
      return null;
    }
    this.reached = { position: event.position, recordedAt: event.recordedAt };
    if (event.type === 'PoolReplaced' && event.data.pool === this.fqdn) return this.last(event, state);
    const before = this.viewSet;
    this.viewSet = viewSetOf(state, this.fqdn);
    return this.message(before, event);
  }

  /**
   * The combined effect of the call events since the last message; null where there is none.
   * @param reached how far the state is: at least up to the last event given to `after`
   */
  batched(state: CallStatusState, reached: LogPosition): LiveMessage | null {
    if (reached.position > this.position) this.reached = reached;
    if (!this.batching) return null;
    const before = this.viewSet;
    this.viewSet = viewSetAfterCalls(before, state);
    return this.message(before, null);
  }

  /** All views of the pool; null where the pair is not registered yet. */
  state(): LiveMessage | null {
    if (this.viewSet === null) return null;
    return { name: 'state', position: this.position, data: { ...this.dateline, ...this.viewSet } };
  }

  /** Nothing of the views changes but what events of calls did since the last message: they show the pool as it was last. */
  private last(event: Recorded<PoolReplaced>, state: CallStatusState): LiveMessage {
    this.over = true;
    const { position, metadata, data } = event;
    // Its calls have gone on to the other, as they were.
    const calls = this.batching ? callsChange(this.viewSet, state, data.replacement) : {};
    this.batching = false;
    const ended = { position: String(position), at: metadata.occurredAt, replacedBy: data.replacement };
    return {
      name: 'change',
      position: this.position,
      data: { ...this.dateline, event: eventSummaryOf(event), ...calls, ended },
    };
  }

  private message(before: PoolViewSet | null, event: Recorded<PoolkeeperEvent> | null): LiveMessage | null {
    this.batching = false;
    if (this.viewSet === null || before === null) return this.state();
    const change = changeBetween(before, this.viewSet);
    if (event === null && Object.keys(change).length === 0) return null;
    const summary = event === null ? null : eventSummaryOf(event);
    return { name: 'change', position: this.position, data: { ...this.dateline, event: summary, ...change } };
  }

  private get dateline(): Dateline {
    return { position: String(this.position), asOf: this.reached.recordedAt };
  }
}

/** What events of calls have changed of the views of a pool, whose calls another has by now. */
function callsChange(before: PoolViewSet | null, state: CallStatusState, present: string): ViewSetChange {
  const callStatus = callStatusView(state, present);
  return before === null || callStatus === null ? {} : changeBetween(before, { ...before, callStatus });
}
