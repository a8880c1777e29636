import { statSync, type Stats } from 'node:fs';
import { StoreReplacedError } from './errors.js';

type Seen = Pick<Stats, 'dev' | 'ino' | 'size'>;

/** Which file is open: another one in its place has another number, and an older copy written over it is shorter. */
export class FileIdentity {
  private seen: Seen | null;

  /** @param path empty for a database in memory */
  constructor(readonly path: string) {
    this.seen = path === '' ? null : statSync(path);
  }

  /** @throws StoreReplacedError */
  requireSame(): void {
    if (this.seen === null) return;
    const now = statSync(this.path, { throwIfNoEntry: false });
    if (now === undefined) throw new StoreReplacedError(this.path, 'was removed');
    if (now.dev !== this.seen.dev || now.ino !== this.seen.ino)
      throw new StoreReplacedError(this.path, 'was replaced by another file');
    // A log only grows, and Poolkeeper never makes its file shorter.
    if (now.size < this.seen.size) throw new StoreReplacedError(this.path, 'was cut or overwritten');
    this.seen = now;
  }
}
