import type { JsonObject, JsonValue } from '../../events/envelope.js';
import { argument, jsonLiteral } from '../../text/powershell.js';
import { jsonWord, word } from '../../text/sh.js';

/** How a step is recorded: the command with its body, and the same for two shells. */
export interface Recording {
  readonly command: string;
  readonly body: JsonObject;
  /** For sh, bash and the like. */
  readonly commandLine: string;
  /** For PowerShell 5.1 and 7. */
  readonly powershell: string;
}

export const recording = (command: string, body: JsonObject): Recording => ({
  command,
  body,
  commandLine:
    withFlags(command, body, word) ?? `printf '%s' ${jsonWord(body)} | poolkeeper ${command} --stdin`,
  powershell: withFlags(command, body, argument) ?? `${jsonLiteral(body)} | poolkeeper ${command} --stdin`,
});

/** Null where a value cannot stand in the line of that shell. */
function withFlags(
  command: string,
  body: JsonObject,
  written: (text: string) => string | null,
): string | null {
  const flags = Object.entries(body).map(([name, value]) => flag(name, value ?? null, written));
  return flags.includes(null) ? null : ['poolkeeper', command, ...flags].join(' ');
}

/** The flag of a field is its name in kebab-case; one that is only set needs no value. */
function flag(name: string, value: JsonValue, written: (text: string) => string | null): string | null {
  const flagged = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (value === true) return flagged;
  const text = written(typeof value === 'string' ? value : JSON.stringify(value));
  return text === null ? null : `${flagged} ${text}`;
}
