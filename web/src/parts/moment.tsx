/** The moment of every screen: now, or one of the past. It stands in the URL. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { asOf, at, go, isPast, withQuery } from '../state/address.js';
import { texts } from '../texts.js';

/** Which of the two moments is named. */
type Axis = 'asOf' | 'at';

export function Moment() {
  const shown = at.value ?? asOf.value ?? '';
  const typed = useSignal(shown);
  const axis = useSignal<Axis>(at.value === null ? 'asOf' : 'at');
  useEffect(() => {
    // A slider, a link or the way back has led to another moment.
    typed.value = shown;
    if (isPast.value) axis.value = at.value === null ? 'asOf' : 'at';
  }, [shown]);
  const show = (text: string | null): void => {
    go(withQuery({ asOf: null, at: null, [axis.value]: text }));
  };
  return (
    <form
      class="moment"
      onSubmit={(event) => {
        event.preventDefault();
        show(momentOf(typed.value.trim()));
      }}
    >
      <label>
        <span>{texts.moment}</span>
        <input
          value={typed.value}
          placeholder={texts.momentHint}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
      </label>
      <select
        aria-label={texts.axis}
        value={axis.value}
        onChange={(event) => {
          axis.value = event.currentTarget.value === 'at' ? 'at' : 'asOf';
          if (isPast.value) show(momentOf(typed.value.trim()));
        }}
      >
        <option value="asOf">{texts.knownThen}</option>
        <option value="at">{texts.trueThen}</option>
      </select>
      <button type="submit">{texts.show}</button>
      {isPast.value ? (
        <button
          type="button"
          onClick={() => {
            typed.value = '';
            show(null);
          }}
        >
          {texts.backToNow}
        </button>
      ) : null}
    </form>
  );
}

/** `2026-11-17 10:42` is meant in the zone of the reader; whatever else is typed goes to the service as it is. */
function momentOf(text: string): string | null {
  if (text === '') return null;
  if (!/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?$/.test(text)) return text;
  return new Date(text.replace(' ', 'T')).toISOString();
}
