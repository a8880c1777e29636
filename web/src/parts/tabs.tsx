import { Link } from './link.js';

interface Props {
  readonly label: string;
  readonly tabs: readonly { readonly to: string; readonly name: string }[];
}

/** The parts of a screen, each with a URL of its own. */
export function Tabs({ label, tabs }: Props) {
  return (
    <nav aria-label={label} class="tabs">
      {tabs.map(({ to, name }) => (
        <Link key={to} to={to}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
