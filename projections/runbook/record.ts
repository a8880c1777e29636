import type { JsonObject, JsonValue } from '../../events/envelope.js';
import { argument, jsonLiteral } from '../../text/powershell.js';
import { jsonWord, word } from '../../text/sh.js';

/** One line in two shells. */
export interface ShellLines {
  /** For sh, bash and the like. */
  readonly commandLine: string;
  /** For PowerShell 5.1 and 7. */
  readonly powershell: string;
}

/** How a step is recorded: the command with its body, and the same for two shells. */
export interface Recording extends ShellLines {
  readonly command: string;
  /**
   * The body of the command; of the first one where the line gives several. A value that only the person who records the
   * step knows stands as `<what it is>`, or `<one|another>`, and so it does in the lines.
   */
  readonly body: JsonObject;
  /** The body of each command that the line gives. */
  readonly bodies: readonly JsonObject[];
  /** The line that reads the file which the step writes, and records more; null where it writes none. */
  readonly upload: ShellLines | null;
}

/** Values that the record does not know, by field: what each is, or its choices with `|` between them. */
export type Blanks = Readonly<Record<string, string>>;

export function recording(command: string, body: JsonObject, blanks: Blanks = {}): Recording {
  const whole = { ...body, ...unfilled(blanks) };
  return {
    ...recordedBy(command, [whole]),
    commandLine:
      lineFor(command, Object.entries(body), [blanks], word) ??
      `printf '%s' ${jsonWord(whole)} | poolkeeper ${command} --stdin`,
    powershell:
      lineFor(command, Object.entries(body), [blanks], argument) ??
      `${jsonLiteral(whole)} | poolkeeper ${command} --stdin`,
  };
}

/** The field in which commands of one line differ: a value, or what it is where that is not known. */
export type Difference = { readonly value: string } | { readonly blank: string };

/**
 * One line for several commands that differ in one field: its flag comes once for each. A value that cannot stand in a
 * line has one of its own.
 */
export function recordings(
  command: string,
  field: string,
  differences: readonly Difference[],
  common: JsonObject,
  blanks: Blanks = {},
): readonly Recording[] {
  const isPlain = (one: Difference): boolean =>
    'blank' in one || (word(one.value) !== null && argument(one.value) !== null);
  const plain = differences.filter(isPlain);
  const valueOf = (one: Difference): string => ('value' in one ? one.value : `<${one.blank}>`);
  const given = plain.flatMap((one) => ('value' in one ? [[field, one.value] as const] : []));
  const open = plain.flatMap((one) => ('blank' in one ? [{ [field]: one.blank }] : []));
  const lines = [word, argument].map((written) =>
    lineFor(command, [...Object.entries(common), ...given], [...open, blanks], written),
  );
  const [commandLine, powershell] = lines;
  const together =
    plain.length === 0 || commandLine == null || powershell == null
      ? []
      : [
          {
            ...recordedBy(
              command,
              plain.map((one) => ({ ...common, [field]: valueOf(one), ...unfilled(blanks) })),
            ),
            commandLine,
            powershell,
          },
        ];
  const alone = together.length === 0 ? differences : differences.filter((one) => !isPlain(one));
  return [
    ...together,
    ...alone.map((one) =>
      'value' in one
        ? recording(command, { ...common, [field]: one.value }, blanks)
        : recording(command, common, { [field]: one.blank, ...blanks }),
    ),
  ];
}

const recordedBy = (command: string, bodies: readonly JsonObject[]) => ({
  command,
  body: bodies[0] ?? {},
  bodies,
  upload: null,
});

const unfilled = (blanks: Blanks): JsonObject =>
  Object.fromEntries(Object.entries(blanks).map(([name, what]) => [name, `<${what}>`]));

/** An export, of which the file is at hand where it was written. */
export function recordingExport(
  body: JsonObject & { readonly pool: string; readonly fileName: string },
): Recording {
  const { pool, owner, fileName } = body;
  const flags = { pool, ...(typeof owner === 'string' ? { owner } : {}) };
  const line = (written: Written): string | null => {
    const file = written(fileName);
    return file === null ? null : lineFor(`export add ${file}`, Object.entries(flags), [], written);
  };
  const [commandLine, powershell] = [line(word), line(argument)];
  const upload = commandLine === null || powershell === null ? null : { commandLine, powershell };
  return { ...recording('record-export', body), upload };
}

/** Null where a text cannot stand in a line of that shell. */
type Written = (text: string) => string | null;

/** What is open stands at the end: pasted as it is, the line is an error of syntax in any shell, and does nothing. */
function lineFor(
  verb: string,
  fields: readonly (readonly [string, JsonValue | undefined])[],
  blanks: readonly Blanks[],
  written: Written,
): string | null {
  const flags = fields.map(([name, value]) => flag(name, value ?? null, written));
  const open = blanks
    .flatMap((some) => Object.entries(some))
    .map(([name, what]) => `${flagOf(name)} <${what}>`);
  return flags.includes(null) ? null : ['poolkeeper', verb, ...flags, ...open].join(' ');
}

/** The flag of a field is its name in kebab-case; one that is only set needs no value. */
function flag(name: string, value: JsonValue, written: Written): string | null {
  if (value === true) return flagOf(name);
  const text = written(typeof value === 'string' ? value : JSON.stringify(value));
  return text === null ? null : `${flagOf(name)} ${text}`;
}

const flagOf = (name: string): string =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
