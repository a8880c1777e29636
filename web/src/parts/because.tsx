import type { ComponentChildren } from 'preact';
import type { Source } from '../../../policy/sources.js';
import { useView } from '../state/view.js';
import { texts } from '../texts.js';
import { Link } from './link.js';

interface Props {
  readonly ids: readonly string[];
  /** The document besides the tables on which the answer rests. */
  readonly source?: Source | undefined;
  /** The yes or no that it explains. */
  readonly children: ComponentChildren;
}

/** An answer, and one keystroke away the sentences that decide it. */
export function Because({ ids, source, children }: Props) {
  return (
    <details class="because">
      <summary>{children}</summary>
      <Sentences ids={ids} source={source} />
    </details>
  );
}

/** Where it stands among all of them. */
export const pathOfReason = (id: string): string => `/statements?id=${encodeURIComponent(id)}`;

export function Sentences({ ids, source }: Omit<Props, 'children'>) {
  const reasons = useView('reasons', ids.length === 0 ? null : '/v1/reasons', { isFixed: true });
  if (ids.length === 0)
    return (
      <p class="quiet">
        {texts.inferred} {source === undefined ? null : texts.bySource(source.title)}
      </p>
    );
  const known = reasons.value.value?.reasons ?? [];
  return (
    <ul class="sentences">
      {source === undefined ? null : <li>{texts.bySource(source.title)}</li>}
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
