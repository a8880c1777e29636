import { correctionTypes, isCorrectionType } from '../../../../events/correction.js';
import { describeStream } from '../../../../events/streams.js';
import { Corrections, type Correction } from '../../../../facts/in-force.js';
import type { EventStore, StoredEvent } from '../../../store/port.js';
import { decode } from '../../decode.js';
import type { PositionMoment } from '../../moment.js';
import type { Snapshot, SnapshotCache } from '../snapshots/snapshot-cache.js';
import type { AnyProjectionInstance } from './projection-instance.js';

/** A correction, and the position of the event that it corrects. */
export interface LocatedCorrection {
  readonly correction: Correction;
  readonly corrected: bigint;
}

/** What reads streams: an instance of a projection for a pair, or for the whole log. */
type Reader = Pick<AnyProjectionInstance, 'projection' | 'key'>;

/** Whether an instance folds other events, or other times, because a stream of this name was corrected. */
export function isCorrectedBy({ projection, key }: Reader, stream: string): boolean {
  const { family, pairId } = describeStream(stream);
  if (family === null || projection.asWritten === true || !projection.reads.includes(family)) return false;
  return key === '' || key === pairId;
}

/**
 * The corrections of the log in its order: an index, for they tell by themselves what they correct. There are few, so all
 * are in memory; the cache saves reading the log for them at a start.
 */
export class CorrectionIndex {
  private known: LocatedCorrection[] = [];
  /** All up to here are known. */
  private end = 0n;

  constructor(
    private readonly store: Pick<EventStore, 'readAll' | 'readStream' | 'lastPosition'>,
    private readonly cache: Pick<SnapshotCache, 'saveCorrections' | 'corrections'>,
  ) {}

  /**
   * Knows the corrections of the whole log.
   * @param position the cache has those up to there
   * @throws StoreUnavailableError
   */
  async begin(position: bigint): Promise<void> {
    const saved = this.cache.corrections(position);
    const after = saved === null ? 0n : position;
    const last = (await this.store.lastPosition()) ?? 0n;
    const found = last > after ? await this.found(after, last) : [];
    this.known = [...(saved ?? []), ...found];
    this.end = last > position ? last : position;
  }

  /** Takes the next events of the log. @throws StoreUnavailableError */
  async add(event: StoredEvent): Promise<void> {
    if (event.position <= this.end) return;
    const located = await this.located(event);
    // It may have come by another way meanwhile.
    if (event.position <= this.end) return;
    this.known.push(...located);
    this.end = event.position;
  }

  /** The live state has every event up to a position, so that there are no other corrections up to there. */
  reach(position: bigint): void {
    if (position > this.end) this.end = position;
  }

  /** The same with a correction that nobody stores, at the end of what is known. @throws StoreUnavailableError */
  async imagining(event: StoredEvent): Promise<CorrectionIndex> {
    const index = new CorrectionIndex(this.store, this.cache);
    index.known = [...(await this.locatedUpTo(event.position - 1n)), ...(await this.located(event))];
    index.end = event.position;
    return index;
  }

  /** All that are known, in the order of the log. */
  get all(): readonly LocatedCorrection[] {
    return this.known;
  }

  /** Those that were recorded up to a position. @throws StoreUnavailableError */
  async at(position: bigint): Promise<Corrections> {
    return new Corrections((await this.locatedUpTo(position)).map(({ correction }) => correction));
  }

  /**
   * The last snapshot up to a moment that is good for it: none that holds what had been retracted, or times that had been
   * corrected. Null where there is none.
   * @param known up to where corrections count; up to the moment where absent
   * @throws StoreUnavailableError
   */
  async nearestSnapshot(
    snapshots: Pick<SnapshotCache, 'nearest'>,
    reader: Reader,
    { position }: PositionMoment,
    known = position,
  ): Promise<(Snapshot & { readonly through: bigint }) | null> {
    const { name, version } = reader.projection;
    const owner = { projection: name, version, partition: reader.key };
    const located = (await this.locatedUpTo(known)).filter(({ correction }) =>
      isCorrectedBy(reader, correction.stream),
    );
    for (let upTo = position; ;) {
      const snapshot = snapshots.nearest(owner, { kind: 'position', position: upTo });
      if (snapshot === null) return null;
      const first = firstMissedBy(snapshot.checkpoint.position, located);
      if (first === null) return snapshot;
      upTo = first - 1n;
    }
  }

  /** Whether something that had been recorded by a moment was corrected after it, up to another. */
  async isCorrectedBetween(reader: Reader, after: bigint, upTo: bigint): Promise<boolean> {
    const located = await this.locatedUpTo(upTo);
    const concerning = located.filter(({ correction }) => isCorrectedBy(reader, correction.stream));
    return firstMissedBy(after, concerning) !== null;
  }

  save(): void {
    if (this.known.length > 0) this.cache.saveCorrections(this.known);
  }

  private async locatedUpTo(position: bigint): Promise<readonly LocatedCorrection[]> {
    const later = position > this.end ? await this.found(this.end, position) : [];
    const known = this.known.filter(({ correction }) => correction.position <= position);
    return [
      ...known,
      ...later.filter(({ correction }) => correction.position > (known.at(-1)?.correction.position ?? 0n)),
    ];
  }

  /** Reads the log after a position, up to another. */
  private async found(after: bigint, upTo: bigint): Promise<readonly LocatedCorrection[]> {
    const found: LocatedCorrection[] = [];
    for await (const page of this.store.readAll({ after, upTo, types: correctionTypes }))
      for (const event of page) found.push(...(await this.located(event)));
    return found;
  }

  /** Nothing where it is no correction, or one of a newer version, which is not understood. */
  private async located(event: StoredEvent): Promise<readonly LocatedCorrection[]> {
    if (!isCorrectionType(event.type)) return [];
    let correction;
    try {
      correction = decode(event) as Correction;
    } catch {
      return [];
    }
    const from = BigInt(correction.data.revision);
    const [corrected] = await this.store.readStream(event.stream, { from, maxCount: 1 });
    // Where it does not say where the event is, no state of before is trusted.
    const position = corrected?.id === correction.data.eventId ? corrected.position : 0n;
    return [{ correction: plain(correction), corrected: position }];
  }
}

/** The cache stores it: an event of the store may be parsed on first access. */
const plain = ({
  id,
  type,
  stream,
  revision,
  position,
  recordedAt,
  data,
  metadata,
}: Correction): Correction =>
  ({ id, type, stream, revision, position, recordedAt, data, metadata }) as Correction;

/** The position of the first event that a state up to a position holds, and that was corrected afterwards. */
function firstMissedBy(state: bigint, located: readonly LocatedCorrection[]): bigint | null {
  return located.reduce<bigint | null>(
    (first, { correction, corrected }) =>
      correction.position > state && corrected <= state && (first === null || corrected < first)
        ? corrected
        : first,
    null,
  );
}
