import type { BackupAnswer } from '../../contract/log.js';
import { isWhole, type Verification } from '../../store/port.js';
import { failed, Ok, type Result } from '../result.js';

/** A copy of the log that was made while the log went on. */
export interface MadeBackup {
  readonly folder: string;
  readonly bytes: number;
  readonly position: number;
  /** Null where it was not asked for. */
  readonly verification: Verification | null;
}

/** Makes a backup; rejects when it cannot, and leaves nothing then. */
export type MakeBackup = (verify: boolean) => Promise<MadeBackup>;

/** Has backups made, one at a time. */
export class BackupService {
  private underWay = false;

  /**
   * @param make null where the store is one that is backed up by its own means
   * @param whyNotNow why no file can be kept now; null where it can
   */
  constructor(
    private readonly make: MakeBackup | null,
    private readonly whyNotNow: () => string | null = () => null,
  ) {}

  async backUp(verify: boolean): Promise<Result<BackupAnswer>> {
    if (this.make === null) return failed({ kind: 'no-backups' });
    const reason = this.whyNotNow();
    if (reason !== null) return failed({ kind: 'backup-failed', reason });
    if (this.underWay) return failed({ kind: 'backup-under-way' });
    this.underWay = true;
    try {
      return new Ok(answerOf(await this.make(verify)));
    } catch (error) {
      return failed({ kind: 'backup-failed', reason: (error as Error).message });
    } finally {
      this.underWay = false;
    }
  }
}

const answerOf = ({ folder, bytes, position, verification }: MadeBackup): BackupAnswer => ({
  folder,
  bytes,
  position: String(position),
  whole: verification && isWhole(verification),
});
