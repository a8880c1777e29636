/** Commands that a flag adds: `<command> [<field>=<value> …]@<time>`. */
import { InvalidArgumentError } from 'commander';
import { commandNames } from '../../domain/command-summaries.js';
import type { CommandName } from '../../domain/commands.js';
import { flagOf, type Field } from '../commands/fields.js';
import { commandVerbs } from '../commands/table.js';
import { readTime } from '../times/flags.js';
import type { Pools } from './edits.js';

export interface Added {
  readonly command: CommandName;
  readonly body: Readonly<Record<string, unknown>>;
  /** As it was given: without a day it is of the day of the span. */
  readonly at: string;
}

export const addHelp =
  'had the command been given then, on the day of the incident where none is said: "initiate-failover@10:25", with the fields of its verb as in "report-call-arrived callId=c-9 responseGroup=\'Service desk\'@10:40"; the pool is the one that is asked about unless it is said; add-1 names what the first one creates; may be given again';

const form = 'It is written "<command> <field>=<value> …@<time>", such as "initiate-failover@10:25".';

/** @throws InvalidArgumentError */
export function readAdd(text: string, before: readonly Added[] = []): readonly Added[] {
  // Addresses of agents have the sign as well.
  const at = text.lastIndexOf('@');
  if (at < 1) throw new InvalidArgumentError(form);
  const [word = '', ...fields] = wordsIn(text.slice(0, at));
  const command = commandNames.find((name) => name === word);
  if (command === undefined) throw new InvalidArgumentError(`"${word}" is no command. ${form}`);
  const time = text.slice(at + 1).trim();
  readTime(time);
  return [...before, { command, body: bodyIn(command, fields), at: time }];
}

/** Separated by spaces, but for those in quotes. */
const wordsIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word);

function bodyIn(command: CommandName, words: readonly string[]): Added['body'] {
  const fields = commandVerbs[command].fields.filter(({ name }) => name !== 'occurredAt');
  const body: Record<string, unknown> = {};
  for (const word of words) {
    const equals = word.indexOf('=');
    const name = word.slice(0, Math.max(0, equals)).replace(/^--/, '');
    const field = fields.find((one) => one.name === name || flagOf(one) === name);
    if (field === undefined) {
      const known = fields.map((one) => one.name).join(', ');
      throw new InvalidArgumentError(`"${word}" is no field of ${command}: its fields are ${known}. ${form}`);
    }
    body[field.name] = valueIn(field, unquoted(word.slice(equals + 1)), body[field.name]);
  }
  return body;
}

function valueIn({ read, choices, name }: Field, text: string, before: unknown): unknown {
  if (choices !== undefined && !choices.includes(text))
    throw new InvalidArgumentError(`${name} is one of ${choices.join(', ')}.`);
  return read === undefined ? text : read(text, before);
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;

/** With the pools that go without saying. */
export function completed({ command, body, at }: Added, { fqdn, partner }: Pools): Added {
  const names = commandVerbs[command].fields.map(({ name }) => name);
  return {
    command,
    at,
    body: {
      ...(names.includes('pool') ? { pool: fqdn } : {}),
      ...(names.includes('destination') ? { destination: partner } : {}),
      ...body,
    },
  };
}

/**
 * What another flag creates is named by its number among the flags; the service has the number among all edits.
 * @param first the number of the first of them among all edits
 */
export const named = ({ command, body }: Pick<Added, 'command' | 'body'>, first: number): Added['body'] =>
  Object.fromEntries(
    Object.entries(body).map(([field, value]) => {
      const number =
        typeof value === 'string' && isName(field, command) ? /^add-(\d{1,3})$/.exec(value)?.[1] : undefined;
      return [field, number === undefined ? value : `edit-${first + Number(number) - 1}`];
    }),
  );

/** Whether a field names what another command creates: in any other, `add-1` is a text like any other. */
const isName = (field: string, command: CommandName): boolean =>
  ['exportId', 'responseGroup', 'agentGroup'].includes(field) ||
  (field === 'id' && command !== 'create-object');
