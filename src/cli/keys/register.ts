import { Option, type Command } from 'commander';
import { KeyFileError } from '../../access/keys/key-lines.js';
import { roles, type Role } from '../../access/roles.js';
import { CliError, exitCodes } from '../exit-codes.js';
import type { Session } from '../session.js';
import { created, listed, revoked, rotated, type Made } from './changes.js';
import { keyTable } from './words.js';

const help = `
Keys are lines of a file; the service that has it as API_KEYS_FILE reads it again within a second or two. The file holds a
hash of each key and not the key itself, which is printed once, alone on standard output. Give it to the command line
as POOLKEEPER_KEY or in a file with --key-file, and to others as the header Authorization: Bearer <key>.`;

const usual = 'data/api-keys';

interface InFile {
  readonly file: string;
}
interface CreateOptions extends InFile {
  readonly role: Role;
  readonly actor: string;
  readonly pool: readonly string[];
  readonly expires?: string;
  readonly note?: string;
}

/** Adds the verbs that work on the file of keys itself, without a service. */
export function registerKeys(program: Command, session: Session): void {
  const keys = program.command('key').description('API keys: who may ask the service for what');
  const file = (): Option =>
    new Option('--file <path>', 'the file of keys').default(session.io.environment['API_KEYS_FILE'] || usual);
  const collected = (pool: string, pools: readonly string[]): readonly string[] => [...pools, pool];

  keys
    .command('create')
    .description('make a key; it is printed once')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .requiredOption('--actor <name>', 'whose it is: the name that events carry')
    .option('--pool <fqdn>', 'the pool it is for, given once for each; all pools where absent', collected, [])
    .option(
      '--expires <time>',
      'until when it holds: "2027-01-31 18:00", RFC 3339, or a span such as 90d or 12h',
    )
    .option('--note <text>', 'what it is for')
    .addOption(file())
    .addHelpText('after', help)
    .action(async (options: CreateOptions) => {
      show(await withSentences(() => created(options.file, options, new Date())), options.file, session);
    });
  keys
    .command('list')
    .description('show the keys, without anything that could be used as one')
    .addOption(file())
    .action(async (options: InFile) => {
      const entries = await withSentences(() => Promise.resolve(listed(options.file, new Date())));
      if (session.json) session.io.data(JSON.stringify({ keys: entries }));
      else session.io.out(keyTable(entries, session.io));
    });
  keys
    .command('revoke')
    .description('have a key refused from now on')
    .argument('<id>', 'its id')
    .addOption(file())
    .action(async (id: string, options: InFile) => {
      const count = await withSentences(() => revoked(options.file, id, new Date()));
      if (session.json) session.io.data(JSON.stringify({ id, revoked: count }));
      else session.io.out(`${id} is refused from now on.`);
    });
  keys
    .command('rotate')
    .description('give a key a new secret; it is printed once')
    .argument('<id>', 'its id')
    .option(
      '--overlap <span>',
      'for how long the old secret still holds, such as 24h; not at all where absent',
    )
    .addOption(file())
    .action(async (id: string, options: InFile & { readonly overlap?: string }) => {
      show(
        await withSentences(() => rotated(options.file, id, options.overlap, new Date())),
        options.file,
        session,
      );
    });
}

/** The key alone goes to standard output, so that a script can take it from there. */
function show({ key, entry }: Made, file: string, session: Session): void {
  const { sha256: _, ...rest } = entry;
  if (session.json) session.io.data(JSON.stringify({ ...rest, key, file }));
  else {
    session.io.out(key);
    session.io.err(
      `This is the only time that the key "${entry.id}" is shown. It is in ${file}: the service needs API_KEYS_FILE=${file}.`,
    );
  }
}

async function withSentences<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KeyFileError) throw new CliError(error.message);
    if (error instanceof RangeError) throw new CliError(error.message, exitCodes.usage);
    throw error;
  }
}
