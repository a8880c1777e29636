import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sealRecordIn, type SealRecord } from './seal-record.js';

const FILE = /^seals-\d{4}-\d{2}\.ndjson$/;

/**
 * The seals of a log, one a line, in a file for each month: files are only added to. Seals at an interval of five minutes
 * are at most 6 MB a month, and only months in which something was recorded have a file.
 */
export class SealFiles {
  constructor(private readonly folder: string) {}

  /** Survives a power cut once it has returned. */
  add(seal: SealRecord): void {
    const file = openSync(join(this.folder, `seals-${seal.at.slice(0, 7)}.ndjson`), 'a', 0o644);
    try {
      appendFileSync(file, `${JSON.stringify(seal)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  latest(): SealRecord | null {
    return this.newest(1)[0] ?? null;
  }

  /**
   * The newest first. Files are read only as far as they are needed.
   * @param before only seals made before this time: RFC 3339, UTC
   */
  newest(limit: number, before?: string): SealRecord[] {
    const found: SealRecord[] = [];
    for (const name of this.files().reverse()) {
      const seals = this.sealsIn(name).filter(({ at }) => before === undefined || at < before);
      found.push(...seals.reverse());
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  }

  /** All of them, the oldest first. */
  *all(): Generator<SealRecord, void, undefined> {
    for (const name of this.files()) yield* this.sealsIn(name);
  }

  private files(): string[] {
    return existsSync(this.folder)
      ? readdirSync(this.folder)
          .filter((name) => FILE.test(name))
          .sort()
      : [];
  }

  private sealsIn(name: string): SealRecord[] {
    const lines = readFileSync(join(this.folder, name), 'utf8').split('\n');
    return lines.map(sealRecordIn).filter((seal) => seal !== null);
  }
}
