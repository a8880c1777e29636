/** What can follow what on the command line, from the verbs themselves. */
import type { Command, Option } from 'commander';

/** By the words before: the verbs that may follow. */
export interface Completions {
  /** By verb (`export add`; empty: no verb yet), the verbs and flags that may follow. */
  readonly words: ReadonlyMap<string, readonly string[]>;
  /** By verb and flag (`create-object --kind`), the values that there are. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Flags of any verb that take a value: the word after one is no verb. */
  readonly withValue: readonly string[];
}

export function completionsOf(program: Command): Completions {
  const words = new Map<string, readonly string[]>();
  const values = new Map<string, readonly string[]>();
  const withValue = new Set<string>();
  const everywhere = program.options.flatMap(flagsOf);
  const visit = (command: Command, name: string): void => {
    const inner = command.commands.map((verb) => verb.name());
    // Those of the program may stand after any verb.
    const own = command === program ? [] : command.options.flatMap(flagsOf);
    words.set(name, [...inner, ...own, ...everywhere, '--help']);
    for (const option of command.options) {
      if (option.required || option.optional) for (const flag of flagsOf(option)) withValue.add(flag);
      if (option.argChoices === undefined) continue;
      for (const flag of flagsOf(option)) values.set(`${name} ${flag}`.trim(), option.argChoices);
    }
    for (const verb of command.commands) visit(verb, `${name} ${verb.name()}`.trim());
  };
  visit(program, '');
  return { words, values, withValue: [...withValue].sort() };
}

const flagsOf = ({ long }: Option): readonly string[] => (typeof long === 'string' ? [long] : []);
