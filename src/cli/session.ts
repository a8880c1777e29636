import { Client, type Answer } from './client.js';
import { exitCodeOf, exitCodes, Failure, type ExitCode } from './exit-codes.js';
import type { Io } from './io.js';
import { problemIn, problemText } from './problem.js';

export interface GlobalOptions {
  readonly url: string;
  readonly json: boolean;
}

/** One run: which service it speaks to, how it shows answers, and how it ends. */
export class Session {
  exitCode: ExitCode = exitCodes.done;

  constructor(
    readonly io: Io,
    private readonly options: () => GlobalOptions,
  ) {}

  get client(): Client {
    const { url } = this.options();
    if (URL.canParse(url)) return new Client(url);
    throw new Failure(
      `--url must be the address of the service, such as http://127.0.0.1:3000, not "${url}".`,
      exitCodes.usage,
    );
  }

  get json(): boolean {
    return this.options().json;
  }

  /** Shows an answer: as it is with --json, else in words. Problems are also told on stderr. */
  show(answer: Answer, inWords: (text: string) => string): void {
    this.exitCode = exitCodeOf(answer.status);
    const failed = answer.status >= 400;
    if (this.json) this.io.out(answer.text);
    else if (!failed) this.io.out(this.worded(answer.text, inWords));
    if (failed) this.io.err(problemText(problemIn(answer), this.io));
  }

  private worded(text: string, inWords: (text: string) => string): string {
    try {
      return inWords(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new Failure(`What answers at ${this.options().url} is not a Poolkeeper: ${text.slice(0, 100)}`);
    }
  }
}
