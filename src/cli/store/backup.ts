import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { BackupAnswer } from '../../contract/log.js';
import { exitCodes, CliError } from '../exit-codes.js';
import { styled, type Io } from '../io.js';
import type { Session } from '../session.js';

const help = `
The service writes a copy of its log, as it is at this moment, into a new folder below DATA_DIR/backups and goes on
meanwhile. Copy it to another disk, or have it copied with --to where this command runs on the service's machine: to restore it,
start the service with that folder as its DATA_DIR. A stopped service's log is copied by "store copy".`;

export function registerBackup(program: Command, session: Session): void {
  program
    .command('backup')
    .description('have the service back up its embedded store while it runs')
    .option('--no-verify', 'do not check the hash chain of the backup')
    .option('--to <folder>', 'copy the backup into this new folder as well')
    .addHelpText('after', help)
    .action(async ({ verify, to }: { readonly verify: boolean; readonly to?: string }) => {
      if (to !== undefined) requireNew(to);
      const answer = await session.client.post('/v1/backups', { verify });
      await session.show('backup', answer, (body) => backupText(body, session.io));
      if (answer.status >= 400) return;
      const { folder, whole } = await session.client.read('backup', answer);
      if (to !== undefined) {
        copyBackup(folder, to);
        if (!session.json) session.io.out(`  copied to ${resolve(to)}`);
      }
      if (whole === false) session.exitCode = exitCodes.other;
    });
}

/** Before anything is asked of the service. */
function requireNew(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CliError(
      `--to must be a new folder or an empty one, and ${resolve(folder)} holds files.`,
      exitCodes.usage,
    );
  }
}

function copyBackup(folder: string, to: string): void {
  if (!existsSync(folder)) {
    throw new CliError(
      `The backup was made, but is not copied: ${folder} is not on this machine. Copy it from the service's.`,
    );
  }
  try {
    mkdirSync(to, { recursive: true });
    cpSync(folder, to, { recursive: true, errorOnExist: true, force: false });
  } catch (error) {
    throw new CliError(
      `The backup in ${folder} could not be copied to ${resolve(to)}: ${(error as Error).message}`,
    );
  }
}

function backupText({ folder, bytes, position, whole }: BackupAnswer, io: Pick<Io, 'colours'>): string {
  const verdicts = new Map([
    [true, styled(io, 'green', 'its log is whole')],
    [false, styled(io, 'red', 'its log is NOT whole: see verify')],
    [null, 'its log was not verified'],
  ]);
  return [
    `The log up to position ${position} is backed up; ${verdicts.get(whole) ?? ''}.`,
    `  ${folder} on the service's machine, ${bytes.toLocaleString('en-US')} bytes`,
  ].join('\n');
}
