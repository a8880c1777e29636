import { setTimeout as wait } from 'node:timers/promises';
import { exitCodes, CliError } from '../exit-codes.js';

/** How many simulated seconds pass in one; null as fast as the service takes them. */
export type Speed = number | null;

export function speedOf(text: string): Speed {
  if (text === 'max') return null;
  if (text === 'real') return 1;
  const factor = Number(text.replace(/x$/, ''));
  if (Number.isFinite(factor) && factor > 0) return factor;
  throw new CliError(`--speed is max, real or a factor such as 60x, not "${text}".`, exitCodes.usage);
}

/** Holds lines back until their time has come. */
export class Pace {
  private began: { readonly real: number; readonly simulated: number } | null = null;

  constructor(private readonly speed: Speed) {}

  async until(at: string): Promise<void> {
    if (this.speed === null) return;
    const simulated = Date.parse(at);
    this.began ??= { real: performance.now(), simulated };
    const due = this.began.real + (simulated - this.began.simulated) / this.speed;
    const rest = due - performance.now();
    if (rest > 0) await wait(rest);
  }
}
