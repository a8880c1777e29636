import type { JsonObject, JsonValue } from '../../events/envelope.js';

/** How a step is recorded: the command with its body, and the same for the shell. */
export interface Recording {
  readonly command: string;
  readonly body: JsonObject;
  readonly commandLine: string;
}

export const recording = (command: string, body: JsonObject): Recording => ({
  command,
  body,
  commandLine: [
    'poolkeeper',
    command,
    ...Object.entries(body).map(([name, value]) => flag(name, value ?? null)),
  ].join(' '),
});

/** The flag of a field is its name in kebab-case; one that is only set needs no value. */
function flag(name: string, value: JsonValue): string {
  const written = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (value === true) return written;
  return `${written} ${literal(typeof value === 'string' ? value : JSON.stringify(value))}`;
}

/** As it is where a shell has nothing to read in it, else in single quotes. */
const literal = (text: string): string =>
  /^[\w.:@/+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
