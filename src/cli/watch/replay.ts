import type { Command } from 'commander';
import type { ReplayStep } from '../../../projections/replay/step.js';
import { replayStep } from '../../contract/replay.js';
import { styled, type Io } from '../io.js';
import { reasons, shortName } from '../output/words.js';
import { Pace, speedOf, type Speed } from '../play/pace.js';
import type { Session } from '../session.js';
import { sayWhyEmpty } from '../views/why-empty.js';
import { momentHelp, readMoment } from '../times/flags.js';
import { countsText, headline, toolChanges } from './words.js';

const help = `
Walks through what happened to a pool and its partner, event by event, in the order of the log or, with
--order happened, in that in which things happened: the stages of both, the column of the matrix that the pool follows, the numbers of its calls, and what each event did. Where nobody watches there is no
waiting, unless --speed says so. With --json, every event is a line of the service's answer.`;

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly order?: string;
  readonly speed?: string;
}

/** Unhurried, and an incident of an hour takes a minute. */
const watched = 60;

export function registerReplay(program: Command, session: Session): void {
  program
    .command('replay')
    .description('walk through what happened to a pool, event by event')
    .argument('<fqdn>', 'the pool, in the role of the primary')
    .option('--from <moment>', `begin right after this moment: ${momentHelp}`, readMoment)
    .option('--to <moment>', 'end with this moment; now where absent', readMoment)
    .option('--order <order>', 'recorded, or happened: by which both moments go; recorded where absent')
    .option(
      '--speed <speed>',
      `1 in real time, 60 a minute a second, 0 no waiting (default: ${watched}, or 0)`,
    )
    .addHelpText('after', help)
    .action(async (fqdn: string, options: Options) => await replay(fqdn, options, session));
}

async function replay(fqdn: string, { from, to, order, speed }: Options, session: Session): Promise<void> {
  const pace = new Pace(speed === undefined ? standardSpeed(session.io) : replaySpeed(speed));
  const path = `/v1/pools/${encodeURIComponent(fqdn)}/replay`;
  const query = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(order === undefined ? {} : { order }),
  };
  const lines = await session.client.lines(path, query);
  if ('status' in lines) {
    session.showText(lines, lines.text);
    return;
  }
  let isEmpty = true;
  for await (const line of lines) {
    if (line === '') continue;
    isEmpty = false;
    const step = await session.client.readJson(replayStep, line);
    await pace.until(step.occurredAt);
    if (session.json) session.io.data(line);
    else session.io.out(stepText(step, session.io));
  }
  if (!isEmpty || session.json) return;
  const isSaid = to !== undefined && (await sayWhyEmpty(session, fqdn, { asOf: to }));
  if (!isSaid) session.io.err('Nothing of this pool was recorded between the two moments.');
}

const standardSpeed = ({ interactive }: Io): Speed => (interactive ? watched : null);
const replaySpeed = (text: string): Speed => (text === '0' ? null : speedOf(text));

export function stepText(step: ReplayStep, io: Io): string {
  const { stages, column, calls, effect, contradicted } = step;
  const pools = Object.keys(stages ?? {});
  const names = Object.entries(stages ?? {}).map(([pool, stage]) => `${shortName(pool, pools)} ${stage}`);
  const follows =
    column === null ? '' : `; column ${column.stage}${column.as === 'backup' ? ' (as the backup)' : ''}`;
  const counted = calls === null ? '' : `; calls: ${countsText(calls)}`;
  const stagesLine = styled(io, 'dim', `    ${names.join(', ')}${follows}${counted}`);
  const left =
    contradicted === undefined ? [] : [`-> makes no sense there, and changed nothing: ${contradicted}`];
  const lines = [...effectLines(effect, pools), ...left].map((line) => `    ${line}`);
  return [headline(step, io), stagesLine, ...lines].join('\n');
}

function effectLines(
  { stage, cutOff = [], copies = [], call }: ReplayStep['effect'],
  pools: readonly string[],
): string[] {
  const cut = cutOff.map(({ owner, calls, byStatement }) => {
    const by = Object.entries(byStatement).map(([cause, number]) => `${number} by ${cause}`);
    return `-> ${calls} ${calls === 1 ? 'call' : 'calls'} of ${shortName(owner, pools)} cut off: ${by.join(', ')}`;
  });
  const tools = [
    ...toolChanges(
      copies.map(({ seenWith }) => seenWith),
      'seen with',
    ),
    ...toolChanges(
      copies.map(({ changedWith }) => changedWith),
      'changed with',
    ),
  ];
  return [
    ...(stage === undefined
      ? []
      : [`-> ${shortName(stage.pool, pools)}: ${stage.before ?? 'new'} -> ${stage.after}`]),
    ...cut,
    ...tools.map((line) => `-> ${line}`),
    ...(call === undefined ? [] : [callText(call)]),
  ];
}

function callText(call: NonNullable<ReplayStep['effect']['call']>): string {
  if (call.contradicted) return `-> call ${call.callId} was over: nothing changed`;
  const why = reasons(call).replaceAll('\n', ', ');
  return `-> call ${call.callId}: ${call.before ?? 'new'} -> ${call.after ?? '-'}${why === '' ? '' : `, ${why}`}`;
}
