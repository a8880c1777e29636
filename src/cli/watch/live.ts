import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { liveChange, liveState, type LiveChangeData, type LiveStateData } from '../../contract/live.js';
import { exitCodes, CliError } from '../exit-codes.js';
import type { Io } from '../io.js';
import type { Session } from '../session.js';
import { toned } from '../output/tones.js';
import { time } from '../output/words.js';
import { countsText, headline } from './words.js';

const help = `
Prints the state of the pool and then every change, until it is interrupted. A lost connection is made again, and goes on right
after the last change that arrived. With --json, every line is the data of one event of the service.`;

interface Options {
  readonly changes?: string;
  readonly lastEventId?: string;
}

/** Before a lost connection is made again, in milliseconds. */
const comeBackAfter = 1_000;

export function registerLive(program: Command, session: Session): void {
  program
    .command('live')
    .description('print what changes of a pool as it happens')
    .argument('<fqdn>', 'the pool, in the role of the primary')
    .option('--changes <number>', 'end after this number of changes')
    .option('--last-event-id <position>', 'begin with what changed after this position')
    .addHelpText('after', help)
    .action(async (fqdn: string, { changes, lastEventId }: Options) => {
      await listen(fqdn, lastEventId ?? null, changesOf(changes), session);
    });
}

function changesOf(text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CliError(`--changes is a whole number from 1 on, not "${text}".`, exitCodes.usage);
}

async function listen(fqdn: string, after: string | null, changes: number, session: Session): Promise<void> {
  const path = `/v1/pools/${encodeURIComponent(fqdn)}/live`;
  let last = after;
  let left = changes;
  let heard = false;
  for (;;) {
    try {
      const lines = await session.client.lines(path, {}, last === null ? {} : { 'last-event-id': last });
      if ('status' in lines) {
        // While it starts again, or is not there yet, it says so.
        if (lines.status !== 503 || !heard) {
          session.showText(lines, lines.text);
          return;
        }
        await pause(comeBackAfter);
        continue;
      }
      heard = true;
      let name = '';
      for await (const line of lines) {
        if (line.startsWith('event: ')) name = line.slice('event: '.length);
        if (!line.startsWith('data: ')) continue;
        const data = line.slice('data: '.length);
        const message = await readMessage(name, data, session);
        last = message.position;
        if (session.json) session.io.data(data);
        else session.io.out(messageText(message, session.io));
        if (name === 'change') left -= 1;
        if (left === 0) return;
      }
    } catch (error) {
      // A service that never answered is not waited for.
      if (!(error instanceof CliError) || !heard) throw error;
    }
    await pause(comeBackAfter);
  }
}

const readMessage = async (
  name: string,
  data: string,
  { client }: Session,
): Promise<LiveStateData | LiveChangeData> =>
  name === 'change' ? await client.readJson(liveChange, data) : await client.readJson(liveState, data);

export const messageText = (message: LiveStateData | LiveChangeData, io: Io): string =>
  'event' in message ? changeText(message, io) : stateText(message, io);

const indented = (head: string, lines: readonly string[]): string =>
  [head, ...lines.map((line) => `    ${line}`)].join('\n');

const stageText = ({ fqdn, stage }: LiveStateData['pool'], io: Io): string =>
  `${fqdn} is in stage ${toned(io, stage)}`;

/** As wide as the time of an event. */
const unnamed = ' '.repeat(time(new Date(0).toISOString()).length);

const stateText = ({ position, pool, visibility, callStatus }: LiveStateData, io: Io): string =>
  indented(`${unnamed}  ${position}  state`, [
    stageText(pool, io),
    `${visibility.objects.length} copies of objects`,
    `calls: ${countsText(callStatus.totals)}`,
  ]);

function changeText(change: LiveChangeData, io: Io): string {
  const { position, event, pool, visibility, editability, callStatus } = change;
  return indented(event === null ? `${unnamed}  ${position}  calls` : headline(event, io), [
    ...(pool === undefined ? [] : [stageText(pool, io)]),
    ...copiesText(visibility, 'visibility'),
    ...copiesText(editability, 'editability'),
    ...(callStatus === undefined ? [] : [`calls: ${countsText(callStatus.totals)}`]),
  ]);
}

const copiesText = (
  view: LiveChangeData['visibility'] | LiveChangeData['editability'],
  what: string,
): string[] =>
  view === undefined
    ? []
    : [`${what} of ${view.changed.length} copies changed, ${view.gone.length} copies gone`];
