/** What is looked for, with which tool, and whose console: all of it stands in the URL. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { go, query, withQuery } from '../state/address.js';
import { glassNames, whyTexts } from '../texts/why.js';

/** Milliseconds without a key after which the answer is asked for. */
const pause = 300;

interface Props {
  /** Of the parameter that holds what is looked for. */
  readonly name: 'q' | 'object';
}

export function WhyForm({ name }: Props) {
  const tool = query.value.get('tool') ?? 'controlPanel';
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <TypedField name={name} label={whyTexts.what} hint={whyTexts.whatHint} also={{ kind: null }} />
      <label>
        <span>{whyTexts.tool}</span>
        <select
          value={tool}
          onChange={(event) => {
            go(withQuery({ tool: event.currentTarget.value }), { replace: true });
          }}
        >
          {Object.entries(glassNames).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </label>
      {tool === 'agentConsole' ? (
        <TypedField name="agent" label={whyTexts.agent} hint={whyTexts.agentHint} />
      ) : null}
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** What else changes in the URL with it. */
  readonly also?: Readonly<Record<string, string | null>>;
}

/** A field whose text reaches the URL when whoever types pauses, leaves it, or presses Enter. */
function TypedField({ name, label, hint, also = {} }: FieldProps) {
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
        placeholder={hint}
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
