// @ts-check
/** Runs a built program: in this process where its Node is new enough, else in the project's own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isNewEnough, ownNode } from './node.js';

/** The folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {string} file of the program, from the folder of the project
 * @param {readonly string[]} given its arguments
 */
export async function launch(file, given) {
  endWithNpm();
  const program = join(root, file);
  const own = isNewEnough(root, process.versions.node) ? null : ownNode(root, process.platform, process.arch);
  if (own !== null) {
    pass(own, ['--enable-source-maps', program, ...given]);
    return;
  }
  // Where there is no other Node, the program itself says what it needs.
  process.argv.splice(1, process.argv.length, program, ...given);
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(program).href);
}

/**
 * This process stands for the other one: it passes signals on, and ends as the other one does.
 * @param {string} node
 * @param {readonly string[]} given
 */
function pass(node, given) {
  const child = spawn(node, given, { stdio: 'inherit' });
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  // A console of Windows tells both by itself, and a signal from here would end the other at once.
  const passOn = process.platform === 'win32' ? () => undefined : child.kill.bind(child);
  for (const signal of signals) process.on(signal, passOn);
  child.on('error', (error) => {
    process.stderr.write(`${node} cannot be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (status, signal) => {
    if (signal === null) {
      process.exitCode = status ?? 1;
      return;
    }
    for (const each of signals) process.removeAllListeners(each);
    process.kill(process.pid, signal);
  });
}

/** Milliseconds. */
const betweenLooks = 100;

/**
 * npm runs a script by a shell, and a shell that is told to stop may leave what it runs behind. A script has to be the same
 * for every shell, so it cannot ask the shell to give way to the program.
 */
function endWithNpm() {
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, betweenLooks);
  look.unref();
}
