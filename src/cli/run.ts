import { Command, CommanderError } from 'commander';
import { terminalLines } from '../../text/terminal.js';
import { version } from '../contract/version.js';
import { subjectsUnderFlags } from './commands/subject-first.js';
import { registerAgents } from './agents/register.js';
import { registerCommands } from './commands/register.js';
import { registerCompletion } from './completion/register.js';
import { exitCodes, exitCodesHelp, CliError, type ExitCode } from './exit-codes.js';
import { registerExports } from './exports/register.js';
import { addExamples, helpStyle } from './help.js';
import { registerIncidents } from './incidents/register.js';
import { screenOf, type Io } from './io.js';
import { registerKeys } from './keys/register.js';
import { registerPlay } from './play/register.js';
import { registerDeadLetters } from './projections/dead-letters.js';
import { registerRebuild } from './projections/rebuild.js';
import { Session, type GlobalOptions } from './session.js';
import { registerSeals } from './seals/register.js';
import { registerBackup } from './store/backup.js';
import { registerStore } from './store/register.js';
import { registerViews } from './views/register.js';
import { registerLive } from './watch/live.js';
import { registerReplay } from './watch/replay.js';
import { registerWhatIf } from './what-if/register.js';

const defaultUrl = 'http://127.0.0.1:3000';

/** One run of the command line; resolves to the exit code. `argv` is without node and the script. */
export async function run(argv: readonly string[], surroundings: Io): Promise<ExitCode> {
  const io = screenOf(surroundings);
  const program = new Command('poolkeeper');
  const session = new Session(io, () => program.opts<GlobalOptions>());
  // Inherited by the verbs, which are added afterwards.
  program
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(terminalLines(text.trimEnd())),
      getOutHelpWidth: () => io.width,
      getErrHelpWidth: () => io.width,
      getOutHasColors: () => io.colours,
      getErrHasColors: () => io.colours,
    })
    .description(
      'What happens to response groups while a pool fails, is failed over and is failed back: reports facts to Poolkeeper and asks it what follows from them.',
    )
    .option('--url <url>', 'the service', io.environment['POOLKEEPER_URL'] || defaultUrl)
    .option('--key-file <path>', 'a file that holds an API key; the variable POOLKEEPER_KEY where absent')
    .option('--json', "print the service's answer as it is", false)
    .showHelpAfterError('(--help after a verb shows its flags)')
    .version(version, '-V, --version', 'print the version')
    .configureHelp(helpStyle)
    .helpCommand(true)
    .addHelpText('after', exitCodesHelp);
  program.commandsGroup('Commands:');
  registerCommands(program, session);
  program.commandsGroup('Files of Export-CsRgsConfiguration:');
  registerExports(program, session);
  program.commandsGroup('Lists of users:');
  registerAgents(program, session);
  program.commandsGroup('Views:');
  registerViews(program, session);
  registerIncidents(program, session);
  program.commandsGroup('Whole days:');
  registerPlay(program, session);
  registerReplay(program, session);
  registerWhatIf(program, session);
  registerLive(program, session);
  program.commandsGroup('Maintenance:');
  registerRebuild(program, session);
  registerDeadLetters(program, session);
  program.commandsGroup('Keeping the log:');
  registerBackup(program, session);
  registerStore(program, session);
  registerSeals(program, session);
  program.commandsGroup('Access:');
  registerKeys(program, session);
  program.commandsGroup('This command line:');
  registerCompletion(program, session);
  addExamples(program);
  try {
    await program.parseAsync([...subjectsUnderFlags(argv)], { from: 'user' });
    return session.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (!(error instanceof CliError)) throw error;
    io.err(terminalLines(error.message));
    return error.exitCode;
  }
}
