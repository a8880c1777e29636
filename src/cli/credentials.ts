/** The key that a run shows to the service. It never comes as a flag: others on the machine can see a command line. */
import { fstatSync, openSync, readFileSync, closeSync } from 'node:fs';
import { CliError, exitCodes } from './exit-codes.js';
import type { Io } from './io.js';

const variable = 'POOLKEEPER_KEY';

/** Null where there is none. @throws CliError where the file cannot be used, or holds no key */
export function keyFrom({ environment }: Pick<Io, 'environment'>, file: string | undefined): string | null {
  const source = file === undefined ? variable : '--key-file';
  const text = (file === undefined ? (environment[variable] ?? '') : contentOf(file)).trim();
  if (text === '') {
    if (file === undefined) return null;
    throw new CliError(`The file ${file} of --key-file is empty: it must hold the key.`, exitCodes.usage);
  }
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new CliError(
    `${source} must hold one key and nothing else, such as pk_<id>.<secret>.`,
    exitCodes.usage,
  );
}

function contentOf(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      if (process.platform !== 'win32' && (fstatSync(file).mode & 0o007) !== 0) {
        throw new CliError(
          `Everybody on this machine can read ${path}, which holds a key; run: chmod 600 ${path}`,
        );
      }
      return readFileSync(file, 'utf8');
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(`The file of --key-file cannot be read: ${reason}`, exitCodes.usage);
  }
}
