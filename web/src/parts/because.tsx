import type { ComponentChildren } from 'preact';
import { useView } from '../state/view.js';
import { texts } from '../texts.js';
import { Link } from './link.js';

interface Props {
  readonly ids: readonly string[];
  /** The yes or no that it explains. */
  readonly children: ComponentChildren;
}

/** An answer, and one keystroke away the sentences that decide it. */
export function Because({ ids, children }: Props) {
  return (
    <details class="because">
      <summary>{children}</summary>
      <Sentences ids={ids} />
    </details>
  );
}

/** Where it stands among all of them. */
export const pathOfReason = (id: string): string => `/statements?id=${encodeURIComponent(id)}`;

export function Sentences({ ids }: { readonly ids: readonly string[] }) {
  const reasons = useView('reasons', ids.length === 0 ? null : '/v1/reasons', { isFixed: true });
  if (ids.length === 0) return <p class="quiet">{texts.inferred}</p>;
  const known = reasons.value.value?.reasons ?? [];
  return (
    <ul class="sentences">
      {ids.map((id) => (
        <li key={id}>
          {known.find((reason) => reason.id === id)?.text ?? ''}{' '}
          <Link to={pathOfReason(id)}>
            <code>{id}</code>
          </Link>
        </li>
      ))}
    </ul>
  );
}
