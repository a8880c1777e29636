import { go, query, withQuery } from '../state/address.js';

interface SearchProps {
  readonly name: string;
  readonly label: string;
}

/** What is typed stands in the URL. */
export function SearchField({ name, label }: SearchProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="search"
        value={query.value.get(name) ?? ''}
        onInput={(event) => {
          go(withQuery({ [name]: event.currentTarget.value }), { replace: true });
        }}
      />
    </label>
  );
}

interface ChoiceProps extends SearchProps {
  /** By value. */
  readonly choices: Readonly<Record<string, string>>;
  readonly all: string;
}

export function ChoiceField({ name, label, choices, all }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select
        value={query.value.get(name) ?? ''}
        onChange={(event) => {
          go(withQuery({ [name]: event.currentTarget.value }), { replace: true });
        }}
      >
        <option value="">{all}</option>
        {Object.entries(choices).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
