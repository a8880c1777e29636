import type { ExportOutline } from '../../../projections/exports/fold.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { AnyProjectionInstance } from '../projections/state/projection-instance.js';
import type { PairViews } from '../projections/state/projections.js';
import type { ExportFiles } from './export-files.js';
import { spareFiles, type KeptFile, type RetentionLimits } from './spare-files.js';

export interface RetentionOptions extends RetentionLimits {
  /** Is given a sentence for each zip that is removed, and for one that cannot be. */
  readonly notify: (level: 'info' | 'error', sentence: string) => void;
}

export interface ExportRetentionOptions extends RetentionOptions {
  readonly files: ExportFiles;
  readonly runner: ProjectionRunner;
  readonly clock: () => Date;
  /** Runs while no export with this content is being added. */
  readonly alone: (contentHash: string, work: () => Promise<void>) => Promise<void>;
  /** Whether the record can be relied on: it says which zips are needed. */
  readonly isReliable: () => boolean;
}

/** Removes the zips of exports that are old, or more than are wanted, and that the record does not need. */
export class ExportRetention {
  constructor(private readonly options: ExportRetentionOptions) {}

  /** @throws StoreUnavailableError; nothing is removed then */
  async run(): Promise<void> {
    const { days, most, files, alone } = this.options;
    if (days === 0 && most === 0) return;
    const onDisk = await files.hashes();
    for (const contentHash of (await this.spare()).keys()) {
      if (onDisk.has(contentHash)) await alone(contentHash, () => this.remove(contentHash));
    }
  }

  /** It is judged again: an export with this content may have been added meanwhile, or an incident have begun. */
  private async remove(contentHash: string): Promise<void> {
    const { files, notify } = this.options;
    const because = (await this.spare()).get(contentHash);
    if (because === undefined) return;
    const { fileName, pool } = because;
    const named = `the zip of the export "${fileName ?? because.id}" of ${pool} (${contentHash}.zip)`;
    try {
      await files.discard(contentHash);
      notify('info', `Removed ${named}: ${because.reason}. What it held stays on record.`);
    } catch (error) {
      notify('error', `Could not remove ${named}: ${(error as Error).message}`);
    }
  }

  private async spare(): Promise<ReturnType<typeof spareFiles>> {
    const { runner, clock, isReliable } = this.options;
    await runner.catchUp();
    if (!runner.hasCaughtUp || !isReliable()) return new Map();
    const pairs = [...runner.state.pairs.values()].map(filesOf);
    return spareFiles(pairs, this.options, clock());
  }
}

/** All are needed where it cannot be said which are. */
function filesOf({ pair, exports }: PairViews) {
  const kept = [...exports.state.exports.values()].flatMap(keptFile);
  const isInNeed =
    isUncertain(pair) || isUncertain(exports) || pair.state?.pools.some(({ incident }) => incident !== null);
  return { files: kept, isInNeed: isInNeed ?? true };
}

const isUncertain = ({ parked, corrupted, staleVersion }: AnyProjectionInstance): boolean =>
  corrupted || parked.size > 0 || staleVersion !== null;

const keptFile = ({ file, ...outline }: ExportOutline): readonly KeptFile[] =>
  file === null ? [] : [{ ...outline, contentHash: file.contentHash, taken: file.taken }];
