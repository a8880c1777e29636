/** An action on the service: said what it does, then done once it is confirmed. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Asked } from '../../api/client.js';
import { changes } from '../../api/feed.js';
import type { Problem } from '../../api/problem.js';
import { serviceTexts } from '../../texts/service.js';
import { ProblemNote } from '../states.js';

interface Props {
  readonly label: string;
  /** What it does, for whoever has to confirm it. */
  readonly meaning: string;
  /** Of the field in which the reason has to be given; absent where none is. */
  readonly reason?: string;
  readonly run: (reason: string) => Promise<Asked<unknown>>;
}

export function Act({ label, meaning, reason, run }: Props) {
  const isAsked = useSignal(false);
  const isRunning = useSignal(false);
  const given = useSignal('');
  const problem = useSignal<Problem | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const wasAsked = useRef(false);
  useLayoutEffect(() => {
    // The focus goes where it goes on, and comes back to where it began.
    if (isAsked.value) form.current?.querySelector<HTMLElement>('input, button')?.focus();
    else if (wasAsked.current) opener.current?.focus();
    wasAsked.current = isAsked.value;
  }, [isAsked.value]);
  const cancel = (): void => {
    isAsked.value = false;
    problem.value = null;
  };
  const act = async (): Promise<void> => {
    isRunning.value = true;
    const asked = await run(given.value.trim());
    isRunning.value = false;
    problem.value = 'problem' in asked ? asked.problem : null;
    if ('value' in asked) isAsked.value = false;
    changes.value += 1;
  };
  if (!isAsked.value)
    return (
      <button
        type="button"
        ref={opener}
        onClick={() => {
          isAsked.value = true;
        }}
      >
        {label}
      </button>
    );
  return (
    <form
      class="act"
      aria-label={label}
      ref={form}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isRunning.value) return;
        event.preventDefault();
        cancel();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void act();
      }}
    >
      <p>{meaning}</p>
      {reason === undefined ? null : (
        <label>
          <span>{reason}</span>
          <input
            required
            maxLength={512}
            value={given.value}
            onInput={(event) => {
              given.value = event.currentTarget.value;
            }}
          />
        </label>
      )}
      <button type="submit" class="confirm" disabled={isRunning.value}>
        {serviceTexts.confirm(label)}
      </button>{' '}
      <button type="button" onClick={cancel}>
        {serviceTexts.cancel}
      </button>
      <div role="status">
        {problem.value === null ? null : <ProblemNote problem={problem.value} at={null} />}
      </div>
    </form>
  );
}
