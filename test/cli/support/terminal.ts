import { run } from '../../../src/cli/run.js';

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line against a service, without a process of its own. */
export const terminal =
  (url: string) =>
  async (...argv: readonly string[]): Promise<Ran> => {
    const out: string[] = [];
    const err: string[] = [];
    const exitCode = await run(argv, {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      width: 120,
      interactive: false,
      colours: false,
      environment: { POOLKEEPER_URL: url },
    });
    return { exitCode, out: out.join('\n'), err: err.join('\n') };
  };
