import type { JsonObject } from '../../events/envelope.js';
import { interned } from './interned.js';
import type { StoredEvent } from './port.js';

/**
 * An event as the embedded adapters store it. `data` and `metadata` are the canonical JSON texts that were hashed;
 * `metadata` has `schemaVersion` and `recordedAt`, but not `hash`.
 */
export interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: string;
  readonly data: string;
  readonly metadata: string;
  /** Chains the event to its predecessor in the stream: see hash-chain.ts. */
  readonly hash: string;
  /** Chains the event to its predecessor in the log: see hash-chain.ts. */
  readonly logHash: string;
}

export type NewRow = Omit<EventRow, 'position'>;

/** A row as readers need it. Only verification needs the chain through the log, and every column that is read costs time. */
export type LoggedRow = Omit<EventRow, 'logHash'>;

/** Parses its JSON on first access: projections mostly need only the data, and damaged JSON fails only where it is read. */
export class LoggedEvent implements StoredEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: string;
  private readonly dataText: string;
  private readonly metadataText: string;
  private readonly hash: string;
  #data: JsonObject | null = null;
  #metadata: JsonObject | null = null;

  constructor(row: LoggedRow) {
    this.stream = row.stream;
    this.revision = BigInt(row.revision);
    this.position = BigInt(row.position);
    this.id = row.id;
    this.type = interned(row.type);
    this.schemaVersion = row.schemaVersion;
    this.recordedAt = row.recordedAt;
    this.dataText = row.data;
    this.metadataText = row.metadata;
    this.hash = row.hash;
  }

  /** The texts as they are stored: `metadata` is without the hash. */
  get texts(): Pick<EventRow, 'data' | 'metadata'> {
    return { data: this.dataText, metadata: this.metadataText };
  }

  get data(): JsonObject {
    return (this.#data ??= JSON.parse(this.dataText) as JsonObject);
  }

  get metadata(): JsonObject {
    return (this.#metadata ??= { ...(JSON.parse(this.metadataText) as JsonObject), hash: this.hash });
  }
}
