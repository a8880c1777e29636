import type { Command } from 'commander';
import { BrokenLogError, copyLog, DifferentHistoryError } from '../../store/copy-log.js';
import { InvalidAppendError, StoreUnavailableError, type EventStore } from '../../store/port.js';
import { exitCodes, CliError } from '../exit-codes.js';
import type { Session } from '../session.js';
import { isSamePlace, openSource, openTarget, placeOf, type Place } from './places.js';
import { copyProgress } from './progress.js';

const help = `
A store is a folder, or a connection string of EventStoreDB or KurrentDB: esdb://…, kurrentdb://…, or the word EVENT_STORE
for what the variable of that name holds, as others can see a command line with its password.
No service may write to either store meanwhile. The target holds the beginning of the source's log, or nothing: a copy that
was broken off goes on, one that was completed changes nothing, and a target with another history is refused.
Ids, order, revisions, times, metadata and hashes stay; both logs are verified. Positions are the target's own.`;

interface Options {
  readonly from: string;
  readonly fromPrefix: string;
  readonly to: string;
  readonly toPrefix: string;
}

/** Adds the verbs that work on stores themselves, without a service. */
export function registerStore(program: Command, session: Session): void {
  const store = program.command('store').description('work on stores themselves, without a service');
  store
    .command('copy')
    .description('move a log from one store to another')
    .requiredOption('--from <store>', 'the store that has the log')
    .option('--from-prefix <name>', 'its deployment, in EventStoreDB', 'poolkeeper')
    .requiredOption('--to <store>', 'the store that is to have it; a folder is made where it is missing')
    .option('--to-prefix <name>', 'its deployment, in EventStoreDB', 'poolkeeper')
    .addHelpText('after', help)
    .action(async (options: Options) => {
      const from = placeOf('--from', options.from, options.fromPrefix, session.io);
      const to = placeOf('--to', options.to, options.toPrefix, session.io);
      if (isSamePlace(from, to)) throw new CliError('--from and --to are the same store.', exitCodes.usage);
      await withFailures(async () => await copy(from, to, session));
    });
}

async function copy(from: Place, to: Place, session: Session): Promise<void> {
  await using source = closing(await openSource(from));
  await using target = closing(await openTarget(to));
  const last = (await source.store.lastPosition()) ?? 0n;
  const progress = copyProgress(session.io, last);
  try {
    const { present, copied } = await copyLog(source.store, target.store, (at) => progress.reached(at));
    progress.done();
    session.io.out(
      session.json
        ? JSON.stringify({ present, copied })
        : `${copied} events copied, ${present} were there already. Both logs are whole.`,
    );
  } catch (error) {
    progress.done();
    throw error;
  }
}

const closing = (store: EventStore): AsyncDisposable & { readonly store: EventStore } => ({
  store,
  [Symbol.asyncDispose]: () => store.close(),
});

/** A refusal of a store is shown in its own sentence. */
async function withFailures(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const expected = [BrokenLogError, DifferentHistoryError, InvalidAppendError, StoreUnavailableError];
    if (expected.some((kind) => error instanceof kind)) throw new CliError((error as Error).message);
    throw error;
  }
}
