/** The lines of a file to play, and what is wrong with one that is not. */
import { commandNames } from '../../domain/command-summaries.js';
import type { CommandName } from '../../domain/commands.js';
import { commandVerbs } from '../commands/table.js';
import { isMembers, labelsIn } from './placeholders.js';

export interface PlayLine {
  /** From 1. */
  readonly number: number;
  /** RFC 3339: when it happened. */
  readonly at: string;
  readonly actor: string;
  readonly command: CommandName;
  readonly body: Readonly<Record<string, unknown>>;
  /** `refused`: a rule must refuse it. */
  readonly expect?: 'refused';
  /** What later lines call its answer. */
  readonly label?: string;
}

export class BadLineError extends Error {
  constructor(
    readonly line: number,
    fault: string,
  ) {
    super(`Line ${line}: ${fault}`);
    this.name = 'BadLineError';
  }
}

const timePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const memberNames = ['at', 'actor', 'command', 'body', 'expect', 'label'];

/** Empty lines are skipped. @throws BadLineError for the first line that cannot be played */
export function parseLines(text: string): readonly PlayLine[] {
  const labels = new Set<string>();
  return text.split('\n').flatMap((content, index) => {
    if (content.trim() === '') return [];
    const line = parseLine(content, index + 1);
    const unknown = labelsIn(line.body).find((label) => !labels.has(label));
    if (unknown !== undefined)
      throw new BadLineError(line.number, `no earlier line has the label "${unknown}".`);
    if (line.label !== undefined) {
      if (labels.has(line.label)) throw new BadLineError(line.number, `the label "${line.label}" is taken.`);
      labels.add(line.label);
    }
    return [line];
  });
}

function parseLine(content: string, number: number): PlayLine {
  const refuse = (fault: string): never => {
    throw new BadLineError(number, fault);
  };
  let line: unknown;
  try {
    line = JSON.parse(content);
  } catch {
    return refuse('it is not JSON.');
  }
  if (!isMembers(line)) return refuse('it is not a JSON object.');
  const { at, actor, command, body, expect, label } = line;
  const stranger = Object.keys(line).find((name) => !memberNames.includes(name));
  if (stranger !== undefined)
    return refuse(`"${stranger}" is not a member here; allowed: ${memberNames.join(', ')}.`);
  if (typeof at !== 'string' || !timePattern.test(at) || Number.isNaN(Date.parse(at))) {
    return refuse('"at" must be an RFC 3339 time, such as 2026-11-17T10:18:00+01:00.');
  }
  if (typeof actor !== 'string' || actor.trim() === '') return refuse('"actor" must be a name.');
  const name = commandNames.find((known) => known === command);
  if (name === undefined) return refuse(`"command" must be one of: ${commandNames.join(', ')}.`);
  if (!isMembers(body)) return refuse('"body" must be an object.');
  if (expect !== undefined && expect !== 'refused') return refuse('"expect" can only be "refused".');
  if (label !== undefined && typeof label !== 'string') return refuse('"label" must be text.');
  const fault = faultOfBody(name, body);
  if (fault !== null) return refuse(fault);
  return {
    number,
    at,
    actor,
    command: name,
    body,
    ...(expect === undefined ? {} : { expect }),
    ...(label === undefined ? {} : { label }),
  };
}

/** The names of the fields; what is in them the service judges. */
function faultOfBody(name: CommandName, body: Readonly<Record<string, unknown>>): string | null {
  const fields = commandVerbs[name].fields.filter((field) => field.name !== 'occurredAt');
  const stranger = Object.keys(body).find((member) => !fields.some((field) => field.name === member));
  if (stranger !== undefined) {
    return `${name} has no field "${stranger}"; allowed: ${fields.map((field) => field.name).join(', ')}.`;
  }
  const missing = fields.find((field) => field.required && body[field.name] === undefined);
  return missing === undefined ? null : `${name} needs the field "${missing.name}".`;
}
