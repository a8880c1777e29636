import { fits } from '../../contract/check.js';
import { problemOfVerification, progressOfVerification } from '../../contract/log.js';
import { anything, type Described } from '../../contract/schema.js';
import type { Answer, Client } from '../client.js';
import { CliError, exitCodes } from '../exit-codes.js';
import type { Io } from '../io.js';
import { barOn } from '../output/bar.js';

type Progress = Described<typeof progressOfVerification>['progress'];

/**
 * Has the service verify its log, for as long as that takes, and shows how far it is where somebody watches.
 * @throws CliError where the answer breaks off
 */
export async function verifyService(
  client: Client,
  path: string,
  io: Pick<Io, 'bar' | 'width'>,
): Promise<Answer> {
  const lines = await client.lines(path, {}, { accept: 'application/x-ndjson, application/json;q=0.9' });
  if ('status' in lines) return lines;
  const shown = progressLine(io);
  try {
    for await (const line of lines) {
      if (line === '') continue;
      const value = await client.readJson(anything, line);
      if (fits(progressOfVerification, value)) shown.reached(value.progress);
      else return answerOf(value, line);
    }
  } finally {
    shown.done();
  }
  throw new CliError('The answer of the service broke off (without a result).', exitCodes.away);
}

function answerOf(value: unknown, line: string): Answer {
  if (!fits(problemOfVerification, value)) return { status: 200, text: line, retryAfter: null };
  const { problem } = value;
  return { status: problem.status, text: JSON.stringify(problem), retryAfter: null };
}

/** How much of a run is done, of 1: it reads the log twice. */
export function shareOf({ part, position, of }: Progress): number {
  const share = of === '0' ? 0 : Math.min(1, Number(position) / Number(of));
  return part === 'log' ? share / 2 : 0.5 + share / 2;
}

const partNames: Readonly<Record<Progress['part'], string>> = { log: 'hash chains', views: 'views' };

interface ProgressLine {
  readonly reached: (progress: Progress) => void;
  readonly done: () => void;
}

function progressLine(io: Pick<Io, 'bar' | 'width'>): ProgressLine {
  const bar = barOn(io);
  return {
    reached: (progress) =>
      bar?.reached(shareOf(progress), `${partNames[progress.part]}, ${progress.events} events`),
    done: () => bar?.done(),
  };
}
