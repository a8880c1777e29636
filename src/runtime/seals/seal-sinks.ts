import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { move } from '../../store/files.js';
import type { SealRecord } from './seal-record.js';

export interface SealSinkOptions {
  /** Each seal becomes a file there; empty for none. */
  readonly folder: string;
  /** Each seal is posted there as text; empty for none. May hold a secret: only its host is ever named. */
  readonly webhook: string;
  readonly notify: (sentence: string) => void;
  /** The first wait after a failure, in milliseconds; it doubles up to ten minutes. */
  readonly firstWait?: number;
  /** How long one try may take, in milliseconds. */
  readonly patience?: number;
}

const LONGEST_WAIT = 600_000;
/** More than so many seals that could not be sent are given up, the oldest first: the newest one covers them all. */
const MOST_WAITING = 1_000;

/** Takes seals to wherever an auditor wants them. Sealing never waits for it. */
export class SealSinks {
  private readonly sinks: readonly Sink[];

  constructor(options: SealSinkOptions) {
    const { folder, webhook } = options;
    this.sinks = [
      ...(folder === '' ? [] : [new Sink(`the folder ${folder}`, (seal) => writeTo(folder, seal), options)]),
      ...(webhook === ''
        ? []
        : [
            new Sink(
              `the webhook at ${new URL(webhook).host}`,
              (seal, signal) => postTo(webhook, seal, signal),
              options,
            ),
          ]),
    ];
  }

  send(seal: SealRecord): void {
    for (const sink of this.sinks) sink.send(seal);
  }

  /** Why seals wait to be sent; null where none does. */
  get fault(): string | null {
    return this.sinks.map(({ fault }) => fault).find((fault) => fault !== null) ?? null;
  }

  /** How many places do not take seals now. */
  get failing(): number {
    return this.sinks.filter(({ fault }) => fault !== null).length;
  }

  /** Waits for one last try of what is waiting. */
  async close(): Promise<void> {
    await Promise.all(this.sinks.map((sink) => sink.close()));
  }
}

type Send = (seal: SealRecord, signal: AbortSignal) => Promise<void>;

class Sink {
  fault: string | null = null;
  private readonly waiting: SealRecord[] = [];
  private readonly closing = new AbortController();
  private work: Promise<void> | null = null;

  constructor(
    private readonly name: string,
    private readonly sendOne: Send,
    private readonly options: SealSinkOptions,
  ) {}

  send(seal: SealRecord): void {
    this.waiting.push(seal);
    if (this.waiting.length > MOST_WAITING) this.waiting.shift();
    this.work ??= this.run().finally(() => (this.work = null));
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.work;
  }

  private async run(): Promise<void> {
    let wait = this.options.firstWait ?? 1_000;
    for (let seal = this.waiting[0]; seal !== undefined; seal = this.waiting[0]) {
      try {
        await this.sendOne(seal, AbortSignal.timeout(this.options.patience ?? 5_000));
        if (this.waiting[0] === seal) this.waiting.shift();
        this.fault = null;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        // Said once; health goes on saying it.
        if (this.fault === null) this.options.notify(`Seals cannot be sent to ${this.name}: ${reason}`);
        this.fault = `Seals wait to be sent to ${this.name}: ${reason}`;
        if (this.closing.signal.aborted) return;
        await pause(wait, undefined, { signal: this.closing.signal }).catch(() => undefined);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      }
    }
  }
}

/** The time and the size are its name, so that a folder is in the order of time. */
export const fileNameOf = ({ at, size }: SealRecord): string => `${at.replaceAll(/[-:.]/g, '')}-${size}.seal`;

async function writeTo(folder: string, seal: SealRecord): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, fileNameOf(seal));
  const file = await open(`${path}.unfinished`, 'w');
  try {
    await file.writeFile(seal.note);
    await file.sync();
  } finally {
    await file.close();
  }
  await move(`${path}.unfinished`, path);
}

async function postTo(url: string, { note }: SealRecord, signal: AbortSignal): Promise<void> {
  const headers = { 'content-type': ['text', 'plain; charset=utf-8'].join('/') };
  let response: Response;
  try {
    response = await fetch(url, { method: 'POST', body: note, headers, signal, redirect: 'error' });
  } catch (error) {
    // fetch hides the reason, and its own message may repeat the address.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : 'no answer';
    throw new Error(cause);
  }
  await response.body?.cancel();
  if (!response.ok) throw new Error(`it answers ${response.status}`);
}
