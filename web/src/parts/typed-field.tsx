import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { go, query, withQuery } from '../state/address.js';

/** Milliseconds without a key after which the answer is asked for. */
const pause = 300;

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What else changes in the URL with it. */
  readonly also?: Readonly<Record<string, string | null>>;
}

/** A field whose text reaches the URL when whoever types pauses, leaves it, or presses Enter. */
export function TypedField({ name, label, hint, also = {} }: FieldProps) {
  const inUrl = query.value.get(name) ?? '';
  const typed = useSignal(inUrl);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // Somebody went back, or followed a link.
    typed.value = inUrl;
    return () => clearTimeout(timer.current);
  }, [inUrl]);
  const settle = (): void => {
    clearTimeout(timer.current);
    const text = typed.value.trim();
    if (text !== query.peek().get(name) && !(text === '' && inUrl === ''))
      go(withQuery({ ...also, [name]: text }), { replace: true });
  };
  return (
    <label class="grow">
      <span>{label}</span>
      <input
        type="search"
        value={typed.value}
        {...(hint === undefined ? {} : { placeholder: hint })}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          clearTimeout(timer.current);
          timer.current = setTimeout(settle, pause);
        }}
        onChange={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
        }}
      />
    </label>
  );
}
