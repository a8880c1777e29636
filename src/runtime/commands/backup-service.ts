import type { JsonObject } from '../../../events/envelope.js';
import type { Verification } from '../../store/port.js';
import { problem, Reply } from '../reply.js';

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

  /** @param make null where the store is one that is backed up by its own means */
  constructor(private readonly make: MakeBackup | null) {}

  async backUp(verify: boolean): Promise<Reply> {
    if (this.make === null) {
      return problem(
        501,
        'no-backups',
        'This log is kept by a database that has backups of its own; use those.',
        {
          title: 'The service keeps no file to back up',
        },
      );
    }
    if (this.underWay) {
      return problem(409, 'backup-under-way', 'Wait until the backup that is being made is done.', {
        title: 'A backup is being made',
      });
    }
    this.underWay = true;
    try {
      return new Reply(201, answerOf(await this.make(verify)));
    } catch (error) {
      return problem(503, 'backup-failed', `The backup could not be made: ${(error as Error).message}`);
    } finally {
      this.underWay = false;
    }
  }
}

const answerOf = ({ folder, bytes, position, verification }: MadeBackup): JsonObject => ({
  folder,
  bytes,
  position: String(position),
  whole: verification && verification.broken === null,
});
