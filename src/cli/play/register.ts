import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { exitCodes, CliError } from '../exit-codes.js';
import { withIds } from '../names.js';
import type { Session } from '../session.js';
import { BadLineError, parseLines, type PlayLine } from './line.js';
import { Pace, speedOf } from './pace.js';
import { Player } from './player.js';
import { progressOf } from './progress.js';
import { tallyText } from './tally.js';

/** Enough to share commits of the store; more only waits there. */
const inFlight = 256;

const help = `
A file holds one command a line, with when it happened and who gave it:
  {"at":"2026-11-17T10:18:00+01:00","actor":"a.neumann","command":"declare-outage","body":{"pool":"pool-a.contoso.com"}}

  expect: "refused"   a rule must refuse the line (409); every other line must be accepted
  label: "nightly"    names the line's answer; a later {"exportId":{"$from":"nightly"}} is its exportId

Where an id is asked a name will do, as with the verbs: workflows, agent groups, the objects of modify-object and remove-object,
and the files of imports.

Lines of one call, and lines of one agent, are sent in their order; a command about a pool waits for all lines before it
and holds back all after it; the rest are sent side by side. Each line has an idempotency key of its own, made of the
name of the file and the number of the line: playing the file again, also after a break, repeats nothing.`;

export function registerPlay(program: Command, session: Session): void {
  program
    .command('play')
    .description('give the commands of a file, such as examples/berlin-hamburg-outage.ndjson')
    .argument('<file>', 'newline-delimited JSON')
    .option('--speed <speed>', 'max, real, or a factor such as 60x', 'max')
    .addHelpText('after', help)
    .action(async (file: string, { speed }: { readonly speed: string }) => {
      const pace = new Pace(speedOf(speed));
      await play(file, linesOf(file), pace, session);
    });
}

async function play(file: string, lines: readonly PlayLine[], pace: Pace, session: Session): Promise<void> {
  const { io, client } = session;
  const progress = progressOf(io, lines.length);
  const began = performance.now();
  try {
    const tally = await new Player({
      client,
      withIds: async (body, command) => (await withIds(body, command, client)).body,
      pace,
      progress,
      inFlight,
      fileName: basename(file),
    }).play(lines);
    progress.done();
    const milliseconds = performance.now() - began;
    if (session.json) io.data(JSON.stringify({ ...tally, milliseconds: Math.round(milliseconds) }));
    else io.out(tallyText(tally, milliseconds));
    if (tally.surprises.length > 0) session.exitCode = exitCodes.other;
  } catch (error) {
    progress.done();
    if (!(error instanceof CliError)) throw error;
    throw new CliError(`${error.message}\nPlay the file again to go on where it stopped.`, error.exitCode);
  }
}

function linesOf(file: string): readonly PlayLine[] {
  try {
    return parseLines(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof BadLineError) {
      throw new CliError(`${file} was not played. ${error.message}`, exitCodes.usage);
    }
    throw new CliError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      exitCodes.usage,
    );
  }
}
