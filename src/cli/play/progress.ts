import { terminalValue } from '../../../text/terminal.js';
import { fits } from '../../contract/check.js';
import { poolsAnswer } from '../../contract/pools.js';
import type { Io } from '../io.js';
import { barOn, type Bar } from '../output/bar.js';

/** Shows how far the play is. */
export interface Progress {
  /** Lines answered, and the simulated time. */
  reached(lines: number, at: string): void;
  /** The answer of `/v1/pools` after something changed in a pair. */
  stages(pools: string): void;
  done(): void;
}

export function progressOf(io: Io, total: number): Progress {
  const bar = barOn(io);
  return bar === null ? new PlainLines(io, total) : new Drawn(bar, total);
}

/** "berlin outage, hamburg normal": the first label of each name will do. */
function stagesText(text: string): string {
  const answer = terminalValue(JSON.parse(text));
  if (!fits(poolsAnswer, answer)) return '';
  const { pools } = answer;
  const shown = pools.slice(0, 4).map(({ fqdn, stage }) => `${fqdn.split('.')[0] ?? fqdn} ${stage}`);
  return [...shown, ...(pools.length > shown.length ? ['…'] : [])].join(', ');
}

const timeText = (at: string): string => at.slice(0, 19).replace('T', ' ');

class Drawn implements Progress {
  private words = '';

  constructor(
    private readonly bar: Bar,
    private readonly total: number,
  ) {}

  reached(lines: number, at: string): void {
    this.bar.reached(lines / this.total, `${lines}/${this.total}  ${timeText(at)}  ${this.words}`);
  }

  stages(pools: string): void {
    this.words = stagesText(pools);
  }

  done(): void {
    this.bar.done();
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
