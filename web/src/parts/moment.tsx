/** The time machine of every screen: what was known, and what was true, at a moment. Both stand in the URL. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { asOf, at, go, isPast, withQuery } from '../state/address.js';
import { typedMoment } from '../state/typed-moment.js';
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
        const [known, happened] = [typed.value.asOf, typed.value.at];
        go(withQuery({ asOf: typedMoment(known, Date.now()), at: typedMoment(happened, Date.now()) }));
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
