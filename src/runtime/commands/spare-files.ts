import type { ExportOutline } from '../../../projections/exports/fold.js';

export interface RetentionLimits {
  /** Older ones are removed; 0: none for its age. */
  readonly days: number;
  /** Of each pool that many at least are kept, and those beyond it are removed; 0: none for their number. */
  readonly most: number;
}

/** An export whose zip is, or was, kept. */
export interface KeptFile extends Pick<
  ExportOutline,
  'id' | 'pool' | 'owner' | 'fileName' | 'occurredAt' | 'recordedAt'
> {
  readonly contentHash: string;
  /** Whether the record was made what the file says. */
  readonly taken: boolean;
}

export interface FilesOfPair {
  /** In the order of the log. */
  readonly files: readonly KeptFile[];
  /** Every file of the pair is needed. */
  readonly isInNeed: boolean;
}

export interface SpareFile extends KeptFile {
  /** Why it goes, for a sentence. */
  readonly reason: string;
}

const DAY = 86_400_000;

/**
 * The files that may go, by their content: those whose every export is old or one too many. The newest of a pool is needed,
 * whatever "newest" is taken to mean: the last one recorded, written or taken, of all its groups or of one owner's.
 */
export function spareFiles(
  pairs: readonly FilesOfPair[],
  limits: RetentionLimits,
  now: Date,
): ReadonlyMap<string, SpareFile> {
  const needed = new Set<string>();
  const spare = new Map<string, SpareFile>();
  for (const { files, isInNeed } of pairs) {
    for (const ofPool of Map.groupBy(files, ({ pool }) => pool).values()) {
      const kept = new Set(isInNeed ? ofPool : newestOf(ofPool));
      // From the last one on: the same content counts once.
      const counted = new Set<string>();
      for (const file of ofPool.toReversed()) {
        counted.add(file.contentHash);
        const reason = kept.has(file) ? null : reasonFor(file, counted.size, limits, now);
        if (reason === null) needed.add(file.contentHash);
        else spare.set(file.contentHash, { ...file, reason });
      }
    }
  }
  for (const contentHash of needed) spare.delete(contentHash);
  return spare;
}

function newestOf(ofPool: readonly KeptFile[]): readonly KeptFile[] {
  const byOwner = [...Map.groupBy(ofPool, ({ owner }) => owner).values()];
  return byOwner.flatMap((files) => [
    ...files.slice(-1),
    ...files.filter(({ taken }) => taken).slice(-1),
    ...files.toSorted((one, other) => (one.occurredAt < other.occurredAt ? -1 : 1)).slice(-1),
  ]);
}

function reasonFor(
  { recordedAt }: KeptFile,
  place: number,
  { days, most }: RetentionLimits,
  now: Date,
): string | null {
  if (days > 0 && now.getTime() - Date.parse(recordedAt) > days * DAY)
    return `it was recorded more than ${days} ${days === 1 ? 'day' : 'days'} ago`;
  return most > 0 && place > most ? `its pool has ${most} newer ${most === 1 ? 'one' : 'ones'}` : null;
}
