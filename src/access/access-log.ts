/**
 * What happened at the door: refused requests, sign-ins, changes of keys. A file of its own beside the event log, for
 * the log of events is kept whole and everybody could make it grow. It is bounded: an entry that repeats within a minute
 * is counted, few clients are told apart in a minute, and two files of a set size are kept. It holds no secret.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessEntry } from '../contract/access.js';

export type NewEntry = Omit<AccessEntry, 'at' | 'count'>;

export interface AccessLogOptions {
  /** The folder of its files; null: it is kept in memory only. */
  readonly folder: string | null;
  readonly now?: () => number;
  /** Largest size of a file, in bytes; there are two. */
  readonly largest?: number;
  /** Called once where the file cannot be written. */
  readonly onFault?: (reason: string) => void;
}

const fileName = 'access-log.ndjson';
const usualLargest = 1_024 * 1_024;
/** Entries in memory, where there is no file. */
const remembered = 1_000;
/** Different entries in a minute; what is beyond is counted for all clients together. */
const mostPerMinute = 200;
const minute = 60_000;

interface Counted {
  readonly entry: NewEntry;
  repeats: number;
}

export class AccessLog {
  private readonly recent: AccessEntry[] = [];
  private readonly counted = new Map<string, Counted>();
  private since = 0;
  private size: number;
  private hasFailed = false;

  constructor(private readonly options: AccessLogOptions) {
    this.size = this.sizeOfFile();
  }

  /** Writes an entry, or counts it where it came within this minute already. */
  record(given: NewEntry): void {
    this.endMinute();
    const entry = this.counted.size < mostPerMinute ? given : { ...summary(given), client: 'others' };
    const key = JSON.stringify(entry);
    const known = this.counted.get(key);
    if (known !== undefined) {
      known.repeats += 1;
      return;
    }
    this.counted.set(key, { entry, repeats: 0 });
    this.write([{ at: this.at, ...entry, count: 1 }]);
  }

  /** Writes how often entries were repeated in the minute that is over. */
  flush(): void {
    const { at } = this;
    const repeated = [...this.counted.values()].filter(({ repeats }) => repeats > 0);
    this.counted.clear();
    this.write(repeated.map(({ entry, repeats }) => ({ at, ...entry, count: repeats })));
  }

  /** The newest first. */
  read(limit: number): readonly AccessEntry[] {
    this.endMinute();
    const { folder } = this.options;
    if (folder === null) return this.recent.slice(-limit).reverse();
    const path = join(folder, fileName);
    const newest = entriesIn(path);
    const all = newest.length >= limit ? newest : [...entriesIn(`${path}.1`), ...newest];
    return all.slice(-limit).reverse();
  }

  private now(): number {
    return this.options.now?.() ?? Date.now();
  }

  private get at(): string {
    return new Date(this.now()).toISOString();
  }

  private endMinute(): void {
    const now = this.now();
    if (now - this.since < minute) return;
    this.flush();
    this.since = now;
  }

  private sizeOfFile(): number {
    const path = join(this.options.folder ?? '', fileName);
    return this.options.folder !== null && existsSync(path) ? statSync(path).size : 0;
  }

  private write(entries: readonly AccessEntry[]): void {
    if (entries.length === 0) return;
    const { folder, largest = usualLargest, onFault } = this.options;
    if (folder === null) {
      this.recent.push(...entries);
      this.recent.splice(0, this.recent.length - remembered);
      return;
    }
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    try {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, fileName);
      if (this.size + text.length > largest && this.size > 0) {
        renameSync(path, `${path}.1`);
        this.size = 0;
      }
      appendFileSync(path, text, { mode: 0o600 });
      this.size += Buffer.byteLength(text);
      this.hasFailed = false;
    } catch (error) {
      if (!this.hasFailed) onFault?.(error instanceof Error ? error.message : String(error));
      this.hasFailed = true;
    }
  }
}

/** Without what tells clients apart. */
const summary = ({ kind, reason, status }: NewEntry): NewEntry => ({
  kind,
  client: '',
  ...(reason === undefined ? {} : { reason }),
  ...(status === undefined ? {} : { status }),
});

function entriesIn(path: string): readonly AccessEntry[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as AccessEntry];
      } catch {
        // A line that a crash has cut.
        return [];
      }
    });
}
