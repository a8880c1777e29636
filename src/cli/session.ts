import type { AnswerOf, OperationId } from '../contract/answers.js';
import { previewAnswer } from '../contract/preview.js';
import { Client, type Answer } from './client.js';
import { previewText } from './commands/preview.js';
import { keyFrom } from './credentials.js';
import { exitCodeOf, exitCodes, CliError, type ExitCode } from './exit-codes.js';
import type { Screen } from './io.js';
import { problemIn, problemText } from './problem.js';

export interface GlobalOptions {
  readonly url: string;
  readonly json: boolean;
  readonly keyFile?: string;
}

/** One run: which service it speaks to, how it shows answers, and how it ends. */
export class Session {
  exitCode: ExitCode = exitCodes.done;
  /** Read once. */
  private key: { readonly text: string | null } | null = null;

  constructor(
    readonly io: Screen,
    private readonly options: () => GlobalOptions,
  ) {}

  get client(): Client {
    const { url, keyFile } = this.options();
    if (URL.canParse(url)) return new Client(url, (this.key ??= { text: keyFrom(this.io, keyFile) }).text);
    throw new CliError(
      `--url must be the address of the service, such as http://127.0.0.1:3000, not "${url}".`,
      exitCodes.usage,
    );
  }

  get json(): boolean {
    return this.options().json;
  }

  /** Shows the answer of an operation: as it is with --json, else in words. A problem is shown on stderr as well. */
  async show<Operation extends OperationId>(
    operation: Operation,
    answer: Answer,
    inWords: (body: AnswerOf<Operation>) => string,
  ): Promise<void> {
    const isShownInWords = !this.json && answer.status < 400;
    this.showText(answer, isShownInWords ? inWords(await this.client.read(operation, answer)) : answer.text);
  }

  /** Prints an answer that is a file, as it is. */
  showFile(answer: Answer): void {
    this.exitCode = exitCodeOf(answer.status);
    if (answer.status < 400) this.io.data(answer.text);
    else this.showText(answer, '');
  }

  /** Shows what a command would do; ends like the refusal that it would meet. */
  async showPreview(name: string, answer: Answer): Promise<void> {
    if (answer.status >= 400) {
      this.showText(answer, '');
      return;
    }
    const preview = await this.client.readJson(previewAnswer, answer.text);
    this.showText(answer, previewText(name, preview, this.io));
    if (preview.outcome === 'refused') this.exitCode = exitCodes.refused;
  }

  /** Shows an answer as text. */
  showText(answer: Answer, text: string): void {
    this.exitCode = exitCodeOf(answer.status);
    const failed = answer.status >= 400;
    if (this.json) this.io.data(answer.text);
    else if (!failed) this.io.out(text);
    if (failed) this.io.err(problemText(problemIn(answer), this.io));
  }
}
