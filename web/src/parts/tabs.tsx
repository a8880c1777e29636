import { Link } from './link.js';

interface Props {
  readonly label: string;
  readonly tabs: readonly {
    readonly to: string;
    readonly name: string;
    /** Where its path alone does not say it. */
    readonly isCurrent?: boolean;
  }[];
}

/** The parts of a screen, each with a URL of its own. */
export function Tabs({ label, tabs }: Props) {
  return (
    <nav aria-label={label} class="tabs">
      {tabs.map(({ to, name, ...more }) => (
        <Link key={to} to={to} {...more}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
