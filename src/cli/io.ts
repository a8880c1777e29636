import { readFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { json } from '../../text/json.js';
import { styledLines, terminalLines } from '../../text/terminal.js';

/** Where a run writes and what it knows of its surroundings; handed in, so that tests can look at it. */
export interface Io {
  /** One line or several, without the newline at the end. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Columns that a table may take. */
  readonly width: number;
  /** Writes to standard error as it is, where a person watches that: for a bar that shows progress. */
  readonly bar?: (text: string) => void;
  /** Whether a person watches. */
  readonly interactive: boolean;
  readonly colours: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** All of standard input. */
  readonly input?: () => string;
}

/** What a run prints with: for people, or the service's own bytes for programs. */
export interface Screen extends Io {
  /** JSON or CSV, word for word; where a person watches, with escapes for what a terminal would obey or hide. */
  readonly data: (text: string) => void;
}

/** Whatever is printed, no text of others reaches a terminal raw. */
export const screenOf = (io: Io): Screen => {
  const readable = io.colours ? styledLines : terminalLines;
  return {
    ...io,
    out: (text) => io.out(readable(text)),
    err: (text) => io.err(readable(text)),
    data: (text) => io.out(io.interactive ? json.readable(text) : text),
  };
};

const widest = 300;
const narrowest = 60;
/** Where nothing says how wide the screen is. */
const usual = 120;

/**
 * Columns of the screen: what COLUMNS says, else the terminal to which the answer goes, else the one that shows errors, as where
 * the answer goes through a pager.
 */
export function widthOf(
  columns: string | undefined,
  ...terminals: readonly { readonly isTTY?: boolean; readonly columns?: number }[]
): number {
  const seen = terminals.find((terminal) => terminal.isTTY === true && (terminal.columns ?? 0) > 0)?.columns;
  const given = /^[1-9]\d{0,4}$/.test(columns ?? '') ? Number(columns) : (seen ?? usual);
  return Math.min(widest, Math.max(narrowest, given));
}

/** FORCE_COLOR comes before NO_COLOR, as in Node itself; without either, a terminal has colours unless it is a dumb one. */
export function hasColours(environment: Io['environment'], isTerminal: boolean): boolean {
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
}

export function processIo(): Io {
  const { stdout, stderr, env } = process;
  // A reader that has seen enough, such as head, is no error. Windows calls it EOF.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EOF') throw error;
  });
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    width: widthOf(env['COLUMNS'], stdout, stderr),
    interactive: stdout.isTTY,
    colours: hasColours(env, stdout.isTTY),
    ...(stderr.isTTY ? { bar: (text: string) => void stderr.write(text) } : {}),
    environment: env,
    input: standardInput,
  };
}

/** Windows reports the end of an empty input as an error. */
function standardInput(): string {
  try {
    return readFileSync(0, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EOF') return '';
    throw error;
  }
}

type Style = Parameters<typeof styleText>[0];

export const styled = (io: Pick<Io, 'colours'>, style: Style, text: string): string =>
  io.colours ? styleText(style, text, { validateStream: false }) : text;
