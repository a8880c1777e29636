import { Listeners } from './listeners.js';
import {
  RevisionConflictError,
  type AppendResult,
  type EventToAppend,
  type ExpectedRevision,
} from './port.js';
import { StoreDecorator } from './store-decorator.js';

/** An append that has ended. */
export interface TimedAppend {
  readonly outcome: 'stored' | 'conflict' | 'failed';
  readonly milliseconds: number;
}

/** A store that measures its appends. */
export class TimedStore extends StoreDecorator {
  /** Every append, once it has ended. */
  readonly appends = new Listeners<TimedAppend>();

  override async append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<AppendResult> {
    const began = performance.now();
    let outcome: TimedAppend['outcome'] = 'failed';
    try {
      const result = await super.append(stream, events, expectedRevision);
      outcome = 'stored';
      return result;
    } catch (error) {
      if (error instanceof RevisionConflictError) outcome = 'conflict';
      throw error;
    } finally {
      this.appends.publish({ outcome, milliseconds: performance.now() - began });
    }
  }
}
