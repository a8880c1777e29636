/** The fields of a command's body as flags: how each is written on the command line and read from it. */
import { readFileSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import { agentAddressOf } from '../../../policy/sip.js';
import { readTime, timeHelp } from '../times/flags.js';

export interface Field {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** The flag, where it is not the field's name in kebab-case. */
  readonly flag?: string;
  /** What stands for the value in the help; none for a flag that is only set. */
  readonly value: string;
  readonly choices?: readonly string[];
  /** One occurrence of the flag, and what the earlier ones came to. */
  readonly read?: (text: string, before: unknown) => unknown;
}

type More = Partial<Pick<Field, 'flag' | 'choices' | 'read'>>;

const field =
  (value: string, required: boolean) =>
  (name: string, description: string, more: More = {}): Field => ({
    name,
    description,
    required,
    value,
    ...more,
  });

export const pool = (name: string, description: string): Field => field('<fqdn>', true)(name, description);
export const needed = field('<text>', true);
export const optional = field('<text>', false);

export const oneOf = (name: string, description: string, choices: readonly string[]): Field =>
  field('<choice>', true)(name, description, { choices });
export const optionallyOneOf = (name: string, description: string, choices: readonly string[]): Field =>
  field('<choice>', false)(name, description, { choices });

/** Given alone it is true; `--disaster-mode false` says no where the service would assume yes. */
export const yesOrNo = (name: string, description: string): Field =>
  field('[true|false]', false)(name, description, { read: booleanOf });

export const members = (name: string, description: string): Field =>
  field('<json|@file>', false)(name, `${description}; JSON, or @ and the name of a file that holds it`, {
    read: jsonOf,
  });

/** `--pool pool-a.contoso.com@Berlin`, once for each pool of the pair. */
export const pools: Field = field('<fqdn[@site]>', true)(
  'pools',
  'a pool of the pair, with its site; give it twice',
  {
    flag: 'pool',
    read: (text, before) => {
      const [fqdn, site] = split(text, '@');
      const earlier: readonly unknown[] = Array.isArray(before) ? before : [];
      return [...earlier, site === undefined ? { fqdn } : { fqdn, site }];
    },
  },
);

/** `--agent sip:kim@contoso.com`, once for each; of several, each has a command of its own. */
export const agents: Field = field('<address>', true)(
  'agent',
  'the agent, such as kim@contoso.com; may be given again, for more agents',
  {
    read: (text, before) => {
      const address = agentAddressOf(text);
      if (before === undefined) return address;
      const earlier: readonly unknown[] = Array.isArray(before) ? before : [before];
      return [...earlier, address];
    },
  },
);

export const readings: Field = field('<id=choice>', false)(
  'readings',
  'how a reading is chosen; may be given again',
  {
    flag: 'reading',
    read: (text, before) => {
      const [id, choice] = split(text, '=');
      if (choice === undefined) throw new InvalidArgumentError('It is written id=choice.');
      return { ...(typeof before === 'object' ? before : {}), [id]: choice };
    },
  },
);

export const occurredAt: Field = field('<time>', false)(
  'occurredAt',
  `when it happened, if not just now: ${timeHelp}`,
  { read: readTime },
);

export const flagOf = ({ flag, name }: Pick<Field, 'flag' | 'name'>): string =>
  flag ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export function optionOf(field: Field): Option {
  const option = new Option(`--${flagOf(field)} ${field.value}`, field.description);
  if (field.choices !== undefined) option.choices([...field.choices]);
  if (field.read !== undefined) option.argParser(field.read);
  if (field.value.startsWith('[')) option.preset('true');
  return option.makeOptionMandatory(field.required);
}

function split(text: string, at: string): readonly [string, string | undefined] {
  const index = text.indexOf(at);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function booleanOf(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new InvalidArgumentError('It is true or false.');
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text);
    return value;
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
