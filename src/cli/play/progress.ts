import { Presets, SingleBar } from 'cli-progress';
import { terminalValue } from '../../../text/terminal.js';
import { fits } from '../../contract/check.js';
import { poolsAnswer } from '../../contract/pools.js';
import type { Io } from '../io.js';

/** Shows how far the play is. */
export interface Progress {
  /** Lines answered, and the simulated time. */
  reached(lines: number, at: string): void;
  /** The answer of `/v1/pools` after something changed in a pair. */
  stages(pools: string): void;
  done(): void;
}

export const progressOf = (io: Io, total: number): Progress =>
  io.interactive ? new Bar(total) : new PlainLines(io, total);

/** "berlin outage, hamburg normal": the first label of each name will do. */
function stagesText(text: string): string {
  const answer = terminalValue(JSON.parse(text));
  if (!fits(poolsAnswer, answer)) return '';
  const { pools } = answer;
  const shown = pools.slice(0, 4).map(({ fqdn, stage }) => `${fqdn.split('.')[0] ?? fqdn} ${stage}`);
  return [...shown, ...(pools.length > shown.length ? ['…'] : [])].join(', ');
}

const timeText = (at: string): string => at.slice(0, 19).replace('T', ' ');

class Bar implements Progress {
  private readonly bar = new SingleBar(
    {
      format: '{bar} {percentage}% {value}/{total}  {time}  {stages}',
      stream: process.stdout,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  private current = { time: '', stages: '' };

  constructor(total: number) {
    this.bar.start(total, 0, this.current);
  }

  reached(lines: number, at: string): void {
    this.current = { ...this.current, time: timeText(at) };
    this.bar.update(lines, this.current);
  }

  stages(pools: string): void {
    this.current = { ...this.current, stages: stagesText(pools) };
  }

  done(): void {
    this.bar.stop();
  }
}

/** Where nobody watches: a line at each tenth and each change of stage. */
class PlainLines implements Progress {
  private last = '';
  private tenth = 0;
  private lines = 0;
  private at = '';

  constructor(
    private readonly io: Pick<Io, 'err'>,
    private readonly total: number,
  ) {}

  reached(lines: number, at: string): void {
    this.lines = lines;
    this.at = at;
    const tenth = Math.floor((lines / this.total) * 10);
    if (tenth === this.tenth) return;
    this.tenth = tenth;
    this.print();
  }

  stages(pools: string): void {
    const text = stagesText(pools);
    if (text === this.last) return;
    this.last = text;
    this.print();
  }

  done(): void {
    // The summary follows.
  }

  private print(): void {
    this.io.err(`${timeText(this.at)}  ${this.lines}/${this.total} lines  ${this.last}`);
  }
}
