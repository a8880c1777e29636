import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { optionOf, readings } from '../commands/fields.js';
import { exitCodes, CliError } from '../exit-codes.js';
import { isMembers } from '../play/placeholders.js';
import { withIds } from '../names.js';
import type { Session } from '../session.js';
import { momentHelp, readMoment, readTime, timeHelp } from '../times/flags.js';
import { addHelp, completed, readAdd, type Added } from './added.js';
import { editsFor, eventHelp, readDrop, readLength, readMove, type Asked, type Pools } from './edits.js';
import { lookedUp } from './looked-up.js';
import { whatIfText } from './show.js';

const help = `
Compares what is on record of a span, the last incident where nothing is said, with how it would have gone. Flags make one
alternative; a file, with "alternatives": [{ "name", "edits" }] as the API takes it, makes several. What callers and agents would
have done can be added as well. With --outage-at a failure that never happened is laid over the calls of the span. Nothing is stored.`;

interface Options extends Omit<Asked, 'noImport'> {
  readonly file?: string;
  readonly from?: string;
  readonly to?: string;
  readonly name: string;
  readonly import: boolean;
  readonly stillWaiting: boolean;
}

export function registerWhatIf(program: Command, session: Session): void {
  program
    .command('what-if')
    .description('compare what is on record with how it would have gone')
    .argument('<fqdn>', 'the pool, in the role of the primary')
    .option('--file <path>', 'a file with the request as JSON; flags come beside it')
    .option('--from <moment>', `begin here: ${momentHelp}`, readMoment)
    .option('--to <moment>', 'end here; now where absent', readMoment)
    .option('--name <text>', 'the name of the alternative that flags make', 'otherwise')
    .option(
      '--move <event=time>',
      `had the event happened then, on the same day where none is said; the event is ${eventHelp}; may be given again`,
      readMove,
    )
    .option('--drop <event>', 'had it not happened; may be given again', readDrop)
    .option('--add <command@time>', addHelp, readAdd)
    .addOption(optionOf(readings))
    .option('--pre-staged', 'had the groups been imported before the outage')
    .option(
      '--import-after <length>',
      'had they been imported so long after the outage, such as 30m',
      readLength,
    )
    .option('--no-import', 'had they not been imported')
    .option(
      '--failover-after <length>',
      'had the failover been done so long after the outage, such as 12m',
      readLength,
    )
    .option('--outage-at <time>', `had the pool failed then: ${timeHelp}`, readTime)
    .option('--still-waiting', 'calls that would not have been cut off wait on, and meet later stages', false)
    .addHelpText('after', help)
    .action(async (fqdn: string, options: Options) => {
      const body = await requestFor(fqdn, options, session);
      if (body === null) return;
      const answer = await session.client.post(`/v1/pools/${encodeURIComponent(fqdn)}/what-if`, body);
      await session.show('what-if', answer, (told) => whatIfText(told, session.io, body));
    });
}

/** Null where something that it needs could not be looked up, which is shown. */
async function requestFor(fqdn: string, options: Options, session: Session): Promise<object | null> {
  const { outageAt, from, to, name, stillWaiting, import: imports, ...flags } = options;
  const given = options.file === undefined ? {} : requestIn(options.file);
  const usual = outageAt === undefined ? { from: 'incident/last/outage-1m' } : dayAround(outageAt);
  const span = {
    ...usual,
    ...Object.fromEntries(Object.entries(given).filter(([field]) => field === 'from' || field === 'to')),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const asked: Asked = {
    ...flags,
    ...(outageAt === undefined ? {} : { outageAt }),
    ...(imports ? {} : { noImport: true }),
  };
  const isAsked = Object.entries(asked).some(([flag, value]) => flag !== 'file' && value !== undefined);
  const alternatives = Array.isArray(given['alternatives']) ? given['alternatives'] : [];
  const assumed = stillWaiting ? { assume: 'still-waiting' } : {};
  const whole = { ...given, ...span, ...assumed };
  if (!isAsked && options.file !== undefined) return whole;
  const recorded = await lookedUp(fqdn, span, session);
  if (recorded === null) return null;
  const add = await withNames(asked.add ?? [], recorded.pools, session);
  const edits = editsFor({ ...asked, add }, recorded.pools, recorded.events);
  return { ...whole, alternatives: [...(alternatives as readonly object[]), { name, edits }] };
}

/** With ids where they have names, as their verbs take them. */
async function withNames(added: readonly Added[], pools: Pools, session: Session): Promise<readonly Added[]> {
  const found: Added[] = [];
  for (const one of added.map((given) => completed(given, pools)))
    found.push({ ...one, body: (await withIds(one.body, one.command, session.client)).body });
  return found;
}

/** Twelve hours before a failure that never happened, and as many after it, as far as they have passed. */
function dayAround(time: string): { readonly from: string; readonly to: string } {
  const [at, half] = [Date.parse(time), 12 * 3_600_000];
  const to = Math.max(at, Math.min(at + half, Date.now()));
  return { from: new Date(at - half).toISOString(), to: new Date(to).toISOString() };
}

/** @throws CliError where the file holds no JSON object */
function requestIn(path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    if (isMembers(value)) return value;
  } catch (error) {
    throw new CliError(
      `The file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      exitCodes.usage,
    );
  }
  throw new CliError('The file holds one JSON object, as the API takes it.', exitCodes.usage);
}
