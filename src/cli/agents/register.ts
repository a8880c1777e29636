import { readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { terminal } from '../../../text/terminal.js';
import type { AgentListAnswer } from '../../contract/agent-list.js';
import type { Answer } from '../client.js';
import { CliError, exitCodes } from '../exit-codes.js';
import type { Session } from '../session.js';
import { readTime, timeHelp } from '../times/flags.js';

const help = `
The list is what Get-CsUser gives, as Export-Csv or Export-Clixml writes it:
Get-CsUser | Select-Object SipAddress, RegistrarPool, Enabled, EnterpriseVoiceEnabled | Export-Csv users.csv
Without --occurred-at it is of its file time: it is refused where it would set back what is on record as of later.
Agents who are new are registered; who was moved, disabled or lost Enterprise Voice is recorded. The same list again changes nothing.`;

interface ListOptions {
  readonly complete?: true;
  readonly occurredAt?: string;
  readonly now?: true;
  readonly actor?: string;
  readonly idempotencyKey?: string;
  readonly ifMatch?: string;
  readonly preview: boolean;
}

export function registerAgents(program: Command, session: Session): void {
  program
    .command('agents')
    .description(
      'read a list of users, and record who is an agent, was moved, disabled or lost Enterprise Voice',
    )
    .argument('<file>', 'the list, as .csv or .xml')
    .option('--complete', 'the list has all users: agents who are not on it are on record as such')
    .option('--occurred-at <time>', `when it was written: ${timeHelp}`, readTime)
    .option('--now', 'it shows what is there now, whatever its file time says')
    .option('--preview', 'say what the list would change', false)
    .option('--actor <name>', 'who sends it; the user of the service where absent')
    .option('--idempotency-key <key>', 'a repeat with the same key and list gets the first answer')
    .option('--if-match <tag>', 'only if what is on record of agents is what a preview was told of, or *')
    .addHelpText('after', help)
    .action(async (path: string, options: ListOptions) => {
      const { complete, occurredAt, now, actor, idempotencyKey, ifMatch, preview } = options;
      const { bytes, fileTime } = fileAt(path);
      const query = {
        ...(complete === undefined ? {} : { complete: 'true' }),
        ...(now === undefined ? {} : { now: 'true' }),
        ...(occurredAt === undefined ? { fileTime } : { occurredAt }),
      };
      const answer = await session.client.putList('/v1/agents', bytes, query, {
        actor,
        idempotencyKey,
        ifMatch,
        preview,
      });
      await session.show('list-agents', answer, (told) =>
        [toldOf(told), ...(preview ? howToRecord(answer) : [])].join('\n'),
      );
    });
}

function fileAt(path: string): { readonly bytes: Uint8Array<ArrayBuffer>; readonly fileTime: string } {
  try {
    const { mtime } = statSync(path);
    return { bytes: new Uint8Array(readFileSync(path)), fileTime: mtime.toISOString() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(`The list cannot be read: ${reason}`, exitCodes.usage);
  }
}

/** Only where nothing has changed since. */
const howToRecord = ({ etag }: Answer): readonly string[] =>
  etag === undefined ? [] : [`to record just this: the same again with --if-match ${etag}`];

/** How many of each kind are named. */
const named = 20;

const saidOf = (flags: readonly string[]): string =>
  flags.length === 0 ? 'on the list, which says neither' : flags.join(', ');

const lostPool = (pool: string, agents: number, replacedBy: string): string =>
  `${pool}, whose place ${replacedBy} has taken: ${agents} users, not recorded; move them with Move-CsUser -Force, and record each with: poolkeeper move-agent --agent <address> --home-pool ${replacedBy} --force (or send a list from after the move)`;

const endedPool = ({ pool, agents, ended }: AgentListAnswer['unknownPools'][number]): string =>
  `${pool}, which was ${ended === 'retired' ? 'retired' : 'given up'}: ${agents} users, not recorded; nobody is homed there from then on, so see whether the list is of before, or move them`;

function toldOf({
  preview,
  read,
  registered,
  moved,
  changed,
  absent,
  unknownPools,
  warnings = [],
}: AgentListAnswer): string {
  const lines = (title: string, all: readonly string[]): readonly string[] =>
    all.length === 0
      ? []
      : [
          `${title}: ${all.length}`,
          ...all.slice(0, named).map((one) => `  ${one}`),
          ...(all.length > named ? [`  and ${all.length - named} more`] : []),
        ];
  const flag = (value: boolean | null, yes: string, no: string): readonly string[] =>
    value === null ? [] : [value ? yes : no];
  return [
    `${read} users read${preview === true ? '; nothing was recorded, this is what would be' : ''}`,
    ...lines(
      'registered',
      registered.map(({ agent, homePool }) => `${agent} in ${homePool}`),
    ),
    ...lines(
      'moved',
      moved.map(({ agent, from, homePool }) => `${agent} from ${from} to ${homePool}`),
    ),
    ...lines(
      'enabled and Enterprise Voice',
      changed.map(
        ({ agent, enabled, enterpriseVoice }) =>
          `${agent}: ${saidOf([...flag(enabled, 'enabled', 'disabled'), ...flag(enterpriseVoice, 'with Enterprise Voice', 'without Enterprise Voice')])}`,
      ),
    ),
    ...lines('registered, and not on the list', absent),
    ...lines(
      'of pools that no pair has',
      unknownPools
        .filter(({ replacedBy, ended }) => replacedBy === undefined && ended === undefined)
        .map(({ pool, agents }) => `${pool}: ${agents} users, not recorded`),
    ),
    ...lines(
      'of pools that are lost',
      unknownPools.flatMap(({ pool, agents, replacedBy }) =>
        replacedBy === undefined ? [] : [lostPool(pool, agents, replacedBy)],
      ),
    ),
    ...lines(
      'of pools that serve no more',
      unknownPools.filter(({ ended }) => ended !== undefined).map(endedPool),
    ),
    ...warnings.map(({ code, detail }) => `warning ${code}: ${detail}`),
  ]
    .map((one) => terminal(one))
    .join('\n');
}
