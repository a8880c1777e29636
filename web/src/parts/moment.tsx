/** The moment of every screen: now, or one of the past. It stands in the URL. */
import { useSignal } from '@preact/signals';
import { asOf, go, withQuery } from '../state/address.js';
import { texts } from '../texts.js';

export function Moment() {
  const typed = useSignal(asOf.value ?? '');
  return (
    <form
      class="moment"
      onSubmit={(event) => {
        event.preventDefault();
        go(withQuery({ asOf: momentOf(typed.value.trim()) }));
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
      <button type="submit">{texts.show}</button>
      {asOf.value === null ? null : (
        <button
          type="button"
          onClick={() => {
            typed.value = '';
            go(withQuery({ asOf: null }));
          }}
        >
          {texts.backToNow}
        </button>
      )}
    </form>
  );
}

/** `2026-11-17 10:42` is meant in the zone of the reader; whatever else is typed goes to the service as it is. */
function momentOf(text: string): string | null {
  if (text === '') return null;
  if (!/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?$/.test(text)) return text;
  return new Date(text.replace(' ', 'T')).toISOString();
}
