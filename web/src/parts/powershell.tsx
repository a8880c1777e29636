import { preparationTexts } from '../texts/preparation.js';
import { CopyButton } from './copy.js';

/** Lines to paste, as the service wrote them: they are safe in a shell. */
export function PowerShell({ lines, label }: { readonly lines: readonly string[]; readonly label: string }) {
  if (lines.length === 0) return null;
  const text = lines.join('\n');
  return (
    <figure class="lines">
      <pre tabIndex={0} aria-label={label}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} label={preparationTexts.copy} />
    </figure>
  );
}
