/** A view of the service as a screen shows it: it stays with its age where the service is away. */
import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AnswerOf, OperationId } from '../../../src/contract/answers.js';
import { ask, askOnce } from '../api/client.js';
import { changes } from '../api/feed.js';
import type { Problem } from '../api/problem.js';
import { moment, withMore } from './address.js';

export interface Shown<Value> {
  /** Null until there is one. */
  readonly value: Value | null;
  /** Why it could not be asked for the last time; null where it could. */
  readonly problem: Problem | null;
  /** When it was last known to be so, in milliseconds since 1970. */
  readonly at: number | null;
}

const nothing = { value: null, problem: null, at: null } as const;

/** Milliseconds after which a view is asked for again where nothing says that it changed. */
const patience = 15_000;
/** Milliseconds in which changes are taken together. */
const pause = 60;

/**
 * @param path null: nothing is asked for
 * @param isFixed whether it never changes, whatever the moment
 * @param isTimeless whether it is of now, whatever the moment
 */
export function useView<Operation extends OperationId>(
  operation: Operation,
  path: string | null,
  { isFixed = false, isTimeless = false } = {},
): ReadonlySignal<Shown<AnswerOf<Operation>>> {
  const shown = useSignal<Shown<AnswerOf<Operation>>>(nothing);
  const named = isFixed || isTimeless ? '' : moment.value;
  const full = path === null ? null : withMore(path, named);
  const changesAgain = !isFixed && named === '';
  useEffect(() => {
    shown.value = nothing;
  }, [operation, path]);
  // From one moment to the next, what was shown stays until there is an answer: a slider would make it flicker.
  useEffect(() => {
    if (full === null) return;
    const cancel = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = async (): Promise<void> => {
      clearTimeout(timer);
      const asked = await (isFixed ? askOnce(operation, full) : ask(operation, full, cancel.signal));
      if (cancel.signal.aborted) return;
      shown.value =
        'value' in asked
          ? { value: asked.value, problem: null, at: Date.now() }
          : { ...shown.value, problem: asked.problem };
      if (changesAgain || 'problem' in asked) later(patience);
    };
    const later = (milliseconds: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), milliseconds);
    };
    void refresh();
    // The network is back, or gone.
    const look = (): void => void refresh();
    addEventListener('online', look);
    let isFirst = true;
    const stop = changes.subscribe(() => {
      if (!isFirst && changesAgain) later(pause);
      isFirst = false;
    });
    return () => {
      cancel.abort();
      clearTimeout(timer);
      removeEventListener('online', look);
      stop();
    };
  }, [operation, full, changesAgain]);
  return shown;
}
