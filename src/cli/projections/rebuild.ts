import { setTimeout as pause } from 'node:timers/promises';
import { Option, type Command } from 'commander';
import type { Answer } from '../client.js';
import { exitCodes } from '../exit-codes.js';
import type { Session } from '../session.js';
import { rebuildProgress } from './progress.js';
import { rebuildText } from './words.js';

const help = `
The projection is folded again from the log while the live one answers, and takes its place once it has caught up.
Names: pair, exports, call-status, agent-console, directory; lifecycle, visibility and editability are former names of
pair, and work until the next release.
The exit code is 1 where it was aborted or has failed. Ended by Ctrl-C, the rebuild goes on: see --status and --abort.`;

/** Between two looks at a rebuild, in milliseconds. */
const interval = 200;

interface Options {
  readonly status?: boolean;
  readonly abort?: boolean;
  readonly actor?: string;
}

export function registerRebuild(program: Command, session: Session): void {
  program
    .command('rebuild')
    .description('fold a projection again from the log, while the live one answers')
    .argument('<projection>', 'its name')
    .addOption(new Option('--status', 'only say how far it is').conflicts('abort'))
    .option('--abort', 'end the rebuild that is under way')
    .option('--actor <name>', 'who asks for it; the user of the service where absent')
    .addHelpText('after', help)
    .action(async (name: string, options: Options) => await rebuild(name, options, session));
}

async function rebuild(name: string, { status, abort, actor }: Options, session: Session): Promise<void> {
  const path = `/v1/projections/${encodeURIComponent(name)}`;
  const { client } = session;
  if (status === true) {
    await show(await client.view(path), session);
    return;
  }
  if (abort === true) {
    await show(await client.remove(`${path}/rebuild`), session);
    return;
  }
  const begun = await client.post(`${path}/rebuild`, {}, { actor });
  if (begun.status >= 400) {
    await show(begun, session);
    return;
  }
  const ended = await follow(path, name, session);
  await show(ended, session);
  if (ended.status >= 400) return;
  const { rebuild: last } = await client.read('projection', ended);
  if (last.state !== 'done') session.exitCode = exitCodes.other;
}

async function follow(path: string, name: string, { client, io }: Session): Promise<Answer> {
  const progress = rebuildProgress(io, name);
  try {
    for (;;) {
      const answer = await client.view(path);
      if (answer.status >= 400) return answer;
      const { rebuild: reached } = await client.read('projection', answer);
      progress.reached(reached);
      if (reached.state !== 'running') return answer;
      await pause(interval);
    }
  } finally {
    progress.done();
  }
}

/** Of a rebuild that has begun or was aborted, too, the projection is the answer. */
const show = async (answer: Answer, session: Session): Promise<void> =>
  await session.show('projection', answer, ({ name, rebuild: last }) => rebuildText(name, last));
