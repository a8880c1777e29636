/** A button that copies a text, and says so. */
import { useSignal } from '@preact/signals';
import { whyTexts } from '../texts/why.js';

interface Props {
  readonly text: string;
  readonly label: string;
}

export function CopyButton({ text, label }: Props) {
  const state = useSignal<'idle' | 'copied' | 'refused'>('idle');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      state.value = 'copied';
    } catch {
      // Without TLS a browser lets no page write to the clipboard: the text is shown, to be selected.
      state.value = 'refused';
    }
  };
  return (
    <span class="copy">
      <button type="button" onClick={() => void copy()}>
        {label}
      </button>{' '}
      <span role="status">
        {state.value === 'copied' ? whyTexts.copied : null}
        {state.value === 'refused' ? whyTexts.notCopied : null}
      </span>
      {state.value === 'refused' ? (
        <textarea class="wide" readOnly rows={4} aria-label={label} value={text} />
      ) : null}
    </span>
  );
}
