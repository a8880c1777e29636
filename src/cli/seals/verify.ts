import { Option, type Command } from 'commander';
import { CliError, exitCodes } from '../exit-codes.js';
import type { Session } from '../session.js';
import { checkSeals } from './check.js';
import { openLogSource } from './log-source.js';
import { terminal } from '../../../text/terminal.js';
import { checkTrail, isTrail } from './trail.js';
import { trailJson, trailText } from './trail-words.js';
import { checkJson, checkText } from './words.js';

interface Options {
  readonly seal?: readonly string[];
  readonly key?: string;
  readonly log?: string;
  readonly logPrefix: string;
  readonly index?: string;
}

const help = `
With --seal, nothing is asked of a service: a log is read and compared with seals that were kept of it. It may be a data
folder or a copy of one, a backup, an export of "poolkeeper seal log", or a log in EventStoreDB (esdb://…, kurrentdb://…, or
the word EVENT_STORE). An export of an audit trail as NDJSON is compared entry by entry. It ends with 1 where the log is not what was sealed. See docs/seals.md.`;

/** Lets `verify` check a log against kept seals, without a service. */
export function extendVerify(verb: Command, session: Session, online: () => Promise<void>): void {
  const seal = new Option(
    '--seal <path>',
    'a seal that was kept, or a folder of .seal files; may be given again',
  );
  seal.argParser((path: string, before: readonly string[] | undefined) => [...(before ?? []), path]);
  verb
    .addOption(seal)
    .option('--key <file>', 'with --seal: the verifier key that was kept, as /v1/seals/key gives it')
    .option('--log <place>', 'with --seal: the log (default: the folder DATA_DIR, or ./data)')
    .option('--log-prefix <name>', 'with --seal: its deployment, in EventStoreDB', 'poolkeeper')
    .option(
      '--index <file>',
      'with --seal: a kept copy of the file seals/tree, which says where a log differs',
    )
    .addHelpText('after', help)
    .action(async (options: Options) => {
      if (options.seal === undefined) await withoutSeal(options, online);
      else await offline(options.seal, options, session);
    });
}

async function withoutSeal({ key, log, index }: Options, online: () => Promise<void>): Promise<void> {
  const given = Object.entries({ key, log, index }).find(([, value]) => value !== undefined);
  if (given !== undefined) throw new CliError(`--${given[0]} goes with --seal only.`, exitCodes.usage);
  await online();
}

async function offline(seals: readonly string[], options: Options, session: Session): Promise<void> {
  const { io } = session;
  const folder = io.environment['DATA_DIR'] ?? './data';
  if (options.log !== undefined && (await isTrail(options.log))) {
    const trail = await checkTrail(options.log, folder, { seals, key: options.key, index: options.index });
    if (session.json) io.data(JSON.stringify(trailJson(trail)));
    else io.out(trailText(trail, terminal(options.log), io));
    if (!trail.isWhole) session.exitCode = exitCodes.other;
    return;
  }
  await using source = await openLogSource(options.log ?? folder, options.logPrefix, folder, io);
  const check = await checkSeals(source, { seals, key: options.key, index: options.index });
  if (session.json) io.data(JSON.stringify(checkJson(check)));
  else io.out(checkText(check, terminal(source.name), io));
  if (!check.isWhole) session.exitCode = exitCodes.other;
}
