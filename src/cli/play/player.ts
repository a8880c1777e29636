import { setTimeout as wait } from 'node:timers/promises';
import type { CommandName } from '../../domain/commands.js';
import type { Answer, Client } from '../client.js';
import { exitCodes, CliError } from '../exit-codes.js';
import { problemIn } from '../problem.js';
import type { PlayLine } from './line.js';
import { isBarrier, lanesOf } from './order.js';
import type { Pace } from './pace.js';
import { isMembers, resolved, type AnswerMembers } from './placeholders.js';
import type { Progress } from './progress.js';
import { count, emptyTally, playedLines, type Tally } from './tally.js';

export interface PlayerOptions {
  readonly client: Pick<Client, 'command' | 'view'>;
  readonly pace: Pick<Pace, 'until'>;
  readonly progress: Progress;
  /** What the idempotency keys begin with: the same file gives the same keys. */
  readonly fileName: string;
  /** The body with ids where it has names; names are sent as they are, where absent. */
  readonly withIds?: (body: Body, command: CommandName) => Promise<Body>;
  /** Requests under way at once. */
  readonly inFlight: number;
}

/** What later lines may refer to; which members there are depends on the command. */
function membersIn({ text }: Answer): AnswerMembers {
  const body: unknown = JSON.parse(text);
  return isMembers(body) ? body : {};
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

type Body = Readonly<Record<string, unknown>>;
interface Headers {
  readonly actor: string;
  readonly idempotencyKey: string;
}

const tries = 10;
/** Seconds. */
const longestWait = 5;

/** Sends the lines of a file: side by side, but each after those that it must follow. */
export class Player {
  private readonly tally = emptyTally();
  private readonly answers = new Map<string, AnswerMembers>();
  private readonly lanes = new Map<string, Promise<void>>();
  private readonly underWay = new Set<Promise<void>>();
  private oneEnded = (): void => undefined;
  private failure: Error | null = null;

  constructor(private readonly options: PlayerOptions) {}

  /** @throws CliError where the service goes away; what it has accepted stays, and playing again goes on from there */
  async play(lines: readonly PlayLine[]): Promise<Tally> {
    for (const line of lines) {
      await this.options.pace.until(line.at);
      if (isBarrier(line)) {
        await this.settle();
        if (this.failure === null) await this.sendBarrier(line);
      } else {
        await this.room();
        this.start(line);
      }
      if (this.failure !== null) break;
    }
    await this.settle();
    if (this.failure !== null) throw this.failure;
    return this.tally;
  }

  /** Resolves when one more may be under way. Not a race of all that are: each race would cost as much as there are. */
  private async room(): Promise<void> {
    while (this.underWay.size >= this.options.inFlight) {
      await new Promise<void>((resolve) => (this.oneEnded = resolve));
    }
  }

  private async settle(): Promise<void> {
    await Promise.all(this.underWay);
    this.lanes.clear();
  }

  private start(line: PlayLine): void {
    const lanes = lanesOf(line);
    const before = lanes.map((lane) => this.lanes.get(lane));
    const sending = this.sendAfter(before, line);
    this.underWay.add(sending);
    for (const lane of lanes) this.lanes.set(lane, sending);
    void sending.then(() => {
      this.underWay.delete(sending);
      this.oneEnded();
    });
  }

  /** Never rejects: the first failure ends the play. */
  private async sendAfter(before: readonly (Promise<void> | undefined)[], line: PlayLine): Promise<void> {
    try {
      await Promise.all(before.filter((sending) => sending !== undefined));
      if (this.failure === null) await this.send(line);
    } catch (error) {
      this.failure ??= asError(error);
    }
  }

  /** Later lines depend on this change, so the views must show it before they are sent; the views also show the stages. */
  private async sendBarrier(line: PlayLine): Promise<void> {
    try {
      const { position } = await this.send(line);
      const query = typeof position === 'string' ? { minPosition: position } : undefined;
      const { status, text } = await this.options.client.view('/v1/pools', query);
      if (status === 200) this.options.progress.stages(text);
    } catch (error) {
      this.failure ??= asError(error);
    }
  }

  private async send(line: PlayLine): Promise<AnswerMembers> {
    const { number, at, actor, command, label } = line;
    const body = { ...resolved(line.body, this.answers), occurredAt: at };
    const headers = { actor, idempotencyKey: `play ${this.options.fileName} line ${number}` };
    const answer = await this.given(command, body, headers);
    const answered = answer.status === 200 ? membersIn(answer) : {};
    if (label !== undefined) this.answers.set(label, answered);
    const { events } = answered;
    const detail = answer.status === 200 ? '' : (problemIn(answer).detail ?? '');
    count(this.tally, line, answer.status, Array.isArray(events) ? events.length : 0, detail);
    this.options.progress.reached(playedLines(this.tally), at);
    return answered;
  }

  /**
   * Once more with ids for names, where it speaks of something unknown; or is refused, as the call of that id is on record by
   * then. So the same file again finds the same answers.
   */
  private async given(command: CommandName, body: Body, headers: Headers): Promise<Answer> {
    const { client, withIds } = this.options;
    const give = async (whole: Body, key: string): Promise<Answer> =>
      await this.persistently(
        async () => await client.command(command, whole, { ...headers, idempotencyKey: key }),
      );
    const answer = await give(body, headers.idempotencyKey);
    if ((answer.status !== 404 && answer.status !== 409) || withIds === undefined) return answer;
    const named = await withIds(body, command);
    return JSON.stringify(named) === JSON.stringify(body)
      ? answer
      : await give(named, `${headers.idempotencyKey} by name`);
  }

  /** A service that is busy, or has lost its store, is asked again: the idempotency key makes that safe. */
  private async persistently(ask: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await ask();
      if (answer.status !== 429 && answer.status !== 503) return answer;
      if (attempt === tries) {
        throw new CliError(
          `The service cannot answer: ${problemIn(answer).detail ?? answer.status}`,
          exitCodes.away,
        );
      }
      await wait(Math.min(answer.retryAfter ?? 1, longestWait) * 1_000);
    }
  }
}
