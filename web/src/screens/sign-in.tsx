/** Where the service does not know who asks: by the account of the identity provider, or by an API key. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Problem } from '../api/problem.js';
import { signInWith } from '../state/session.js';
import { useFeed } from '../state/use-feed.js';
import { signInTexts as words } from '../texts/sign-in.js';

export function SignIn({ problem }: { readonly problem: Problem }) {
  useFeed(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class="narrow">
      <h1 tabIndex={-1} ref={heading}>
        {words.title}
      </h1>
      <p>{words.why}</p>
      {problem.signIn === null ? null : (
        <>
          <p>
            <a class="button primary" href={`${problem.signIn}?returnTo=${encodeURIComponent(here())}`}>
              {words.withProvider}
            </a>
          </p>
          <p class="quiet">{words.withProviderHint}</p>
          <h2>{words.or}</h2>
        </>
      )}
      <KeyForm />
      {problem.signIn === null ? <p class="quiet">{problem.detail}</p> : null}
    </div>
  );
}

const here = (): string => location.pathname + location.search;

function KeyForm() {
  const typed = useSignal('');
  const isAsking = useSignal(false);
  const fault = useSignal('');
  const enter = async (): Promise<void> => {
    const given = typed.value.trim();
    if (!/^[\x21-\x7e]+$/.test(given)) {
      fault.value = words.noKey;
      return;
    }
    isAsking.value = true;
    const problem = await signInWith(given);
    isAsking.value = false;
    fault.value =
      problem === null ? '' : problem.status === 0 ? words.away : `${words.refused} ${problem.detail}`;
  };
  return (
    <form
      class="filters"
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <label class="grow">
        <span>{words.key}</span>
        <input
          type="password"
          name="key"
          required
          autocomplete="off"
          spellcheck={false}
          placeholder={words.keyHint}
          value={typed.value}
          aria-describedby="key-kept"
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
      </label>
      <button type="submit" class="primary" disabled={isAsking.value}>
        {isAsking.value ? words.asking : words.enter}
      </button>
      <p id="key-kept" class="quiet">
        {words.keyKept}
      </p>
      <div role="alert">{fault.value === '' ? null : <p class="note note-error">{fault.value}</p>}</div>
    </form>
  );
}
