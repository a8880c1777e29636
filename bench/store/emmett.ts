import { execFileSync, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EventToAppend } from '../../src/store/port.js';

const FOLDER = resolve('bench/emmett');
const DRIVER = join(FOLDER, 'node_modules/sqlite3');

export interface EmmettAppend {
  readonly stream: string;
  /** Of the stream before it; -1 where there is none. */
  readonly revision: number;
  readonly event: EventToAppend;
}

/** Installs what bench/emmett names where it is not there yet; answers why it cannot be had, or null. */
export function prepareEmmett(): string | null {
  try {
    if (!existsSync(DRIVER)) npm('ci', '--prefix', FOLDER);
    if (!existsSync(join(DRIVER, 'build'))) buildDriver();
    return null;
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : [];
    return `the driver sqlite3 cannot be had here: ${lines.find((line) => /ERR|error/.test(line)) ?? lines[0]}`;
  }
}

/** Its own script downloads a binary, or compiles one: against the headers of the system where those of Node cannot be loaded. */
function buildDriver(): void {
  const rebuild = ['rebuild', 'sqlite3', '--prefix', FOLDER, '--ignore-scripts=false'];
  try {
    npm(...rebuild);
  } catch (error) {
    if (!existsSync('/usr/include/node/node_api.h')) throw error;
    npm(...rebuild, '--nodedir=/usr');
  }
}

function npm(...words: readonly string[]): void {
  console.log(`npm ${words.join(' ')}`);
  execFileSync('npm', words, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
}

/** Appends per second. */
export async function appendWithEmmett(
  folder: string,
  appends: readonly EmmettAppend[],
  keepOpen: boolean,
): Promise<number> {
  const child = fork(join(FOLDER, 'append.js'), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return await new Promise<number>((resolvePromise, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Emmett's process ended with status ${code}.`)));
    child.once('message', (answer: { readonly rate?: number; readonly error?: string }) => {
      if (answer.rate === undefined) reject(new Error(answer.error));
      else resolvePromise(answer.rate);
    });
    child.send({ fileName: join(folder, 'emmett.db'), appends, keepOpen });
  });
}
