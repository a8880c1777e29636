/** The time machine of every screen: what was known, and what was true, at a moment. Both stand in the URL. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { asOf, at, go, isPast, withQuery } from '../state/address.js';
import { texts } from '../texts.js';

interface Typed {
  readonly asOf: string;
  readonly at: string;
}

const shown = (): Typed => ({ asOf: asOf.value ?? '', at: at.value ?? '' });

export function Moment() {
  const typed = useSignal(shown());
  useEffect(() => {
    // A slider, a link or the way back has led to another moment.
    typed.value = shown();
  }, [asOf.value, at.value]);
  return (
    <form
      class="moment"
      aria-label={texts.moment}
      onSubmit={(event) => {
        event.preventDefault();
        go(withQuery({ asOf: momentOf(typed.value.asOf), at: momentOf(typed.value.at) }));
      }}
    >
      {(['asOf', 'at'] as const).map((axis) => (
        <label key={axis}>
          <span>{texts.axes[axis]}</span>
          <input
            value={typed.value[axis]}
            placeholder={texts.now}
            title={texts.momentHint}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => {
              typed.value = { ...typed.value, [axis]: event.currentTarget.value };
            }}
          />
        </label>
      ))}
      <button type="submit">{texts.show}</button>
      {isPast.value ? (
        <button
          type="button"
          onClick={() => {
            typed.value = { asOf: '', at: '' };
            go(withQuery({ asOf: null, at: null }));
          }}
        >
          {texts.backToNow}
        </button>
      ) : null}
    </form>
  );
}

/** `2026-11-17 10:42` is meant in the zone of the reader; all else that is typed goes to the service as it is. */
function momentOf(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return null;
  if (!/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?$/.test(text)) return text;
  return new Date(text.replace(' ', 'T')).toISOString();
}
