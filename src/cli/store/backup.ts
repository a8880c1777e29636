import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { styled, type Io } from '../io.js';
import type { Session } from '../session.js';

/** What `POST /v1/backups` answers; see `src/runtime/backups.ts`. */
interface BackupAnswer {
  readonly folder: string;
  readonly bytes: number;
  readonly position: string;
  /** Null where it was not looked at. */
  readonly whole: boolean | null;
}

const help = `
The service writes a copy of its log, as it is at this moment, into a folder of its own below DATA_DIR/backups and goes on
meanwhile. Copy it to another disk: to restore it, start the service with that folder as its DATA_DIR.`;

export function registerBackup(program: Command, session: Session): void {
  program
    .command('backup')
    .description('have the service back up its embedded store while it runs')
    .option('--no-verify', 'do not check the hash chain of the backup')
    .addHelpText('after', help)
    .action(async ({ verify }: { readonly verify: boolean }) => {
      const answer = await session.client.post('/v1/backups', { verify });
      session.show(answer, (text) => backupText(text, session.io));
      if (answer.status < 400 && (JSON.parse(answer.text) as BackupAnswer).whole === false) {
        session.exitCode = exitCodes.other;
      }
    });
}

function backupText(text: string, io: Pick<Io, 'colours'>): string {
  const { folder, bytes, position, whole } = JSON.parse(text) as BackupAnswer;
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
