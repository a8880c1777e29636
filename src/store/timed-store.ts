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

export type AppendListener = (append: TimedAppend) => void;

/** A store that measures its appends. */
export class TimedStore extends StoreDecorator {
  private readonly listeners = new Set<AppendListener>();

  /** Calls the listener after every append; returns how to stop that. A listener must not throw. */
  onAppend(listener: AppendListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

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
      const append: TimedAppend = { outcome, milliseconds: performance.now() - began };
      for (const listener of this.listeners) listener(append);
    }
  }
}
