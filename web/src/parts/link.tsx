import type { ComponentChildren } from 'preact';
import { atMoment, go, path } from '../state/address.js';

interface Props {
  readonly to: string;
  readonly class?: string;
  /** Where its path alone does not say it. */
  readonly isCurrent?: boolean;
  readonly children: ComponentChildren;
}

/** A link within the page: it keeps the moment, and leaves other keys and buttons to the browser. */
export function Link({ to, children, isCurrent = path.value === to.split('?')[0], ...more }: Props) {
  const href = atMoment(to);
  return (
    <a
      href={href}
      {...more}
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(href);
      }}
    >
      {children}
    </a>
  );
}
