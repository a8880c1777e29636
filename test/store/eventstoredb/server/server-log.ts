import { randomUUID } from 'node:crypto';

/** An event as the server stores it. */
export interface ServerRecord {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** 100 ns ticks since 1970, as on the wire. */
  readonly created: bigint;
}

export type ProposedRecord = Pick<ServerRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type Expected = number | 'any' | 'no-stream' | 'stream-exists';

export type CommitResult =
  | { readonly kind: 'written'; readonly revision: number; readonly position: bigint }
  | { readonly kind: 'wrong'; readonly current: number }
  | { readonly kind: 'deleted' };

/** The server's decision on an append before it writes: `IndexWriter.CheckCommit` of EventStoreDB. */
type Decision = 'write' | 'wrong' | 'deleted' | { readonly repeatedThrough: number };

/** Streams and `$all`, with the server's own rules for expected revisions and idempotent writes. */
export class ServerLog {
  private all: ServerRecord[] = [];
  private streams = new Map<string, ServerRecord[]>();
  private readonly tombstones = new Set<string>();
  private readonly watchers = new Set<() => void>();
  private end = 0n;

  /** In order of position. */
  get records(): readonly ServerRecord[] {
    return this.all;
  }

  /** Replaces the records, as if somebody had edited the server's files. */
  set records(records: readonly ServerRecord[]) {
    this.all = [];
    this.streams = new Map();
    for (const record of records) this.keep(record);
  }

  stream(name: string): readonly ServerRecord[] {
    return this.streams.get(name) ?? [];
  }

  /** How many events there are up to this position, inclusive. */
  countUpTo(position: bigint): number {
    let [low, high] = [0, this.all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.all[middle]?.position ?? 0n) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  isDeleted(name: string): boolean {
    return this.tombstones.has(name);
  }

  append(stream: string, events: readonly ProposedRecord[], expected: Expected): CommitResult {
    const present = this.stream(stream);
    const decision = this.decide(stream, present, events, expected);
    if (decision === 'deleted') return { kind: 'deleted' };
    if (decision === 'wrong') return { kind: 'wrong', current: present.at(-1)?.revision ?? -1 };
    if (decision !== 'write') {
      const last = present.find(({ revision }) => revision === decision.repeatedThrough);
      return { kind: 'written', revision: decision.repeatedThrough, position: last?.position ?? 0n };
    }
    let revision = present.at(-1)?.revision ?? -1;
    for (const event of events) {
      revision += 1;
      // A position is a byte offset in a file, so positions have gaps.
      this.end += BigInt(event.data.length + event.metadata.length + stream.length + 80);
      const created = BigInt(Date.now()) * 10_000n;
      this.keep({ ...event, stream, revision, position: this.end, created });
    }
    for (const watcher of [...this.watchers]) watcher();
    return { kind: 'written', revision, position: this.end };
  }

  /** Afterwards the stream cannot be read or written; its events stay in `$all` until a scavenge. */
  tombstone(stream: string): bigint {
    const empty = new Uint8Array();
    const event = { id: randomUUID(), type: '$streamDeleted', contentType: 'application/json' };
    this.append(stream, [{ ...event, data: empty, metadata: empty }], 'any');
    this.tombstones.add(stream);
    return this.end;
  }

  /** Calls back after every append, until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  private keep(record: ServerRecord): void {
    this.all.push(record);
    const ofStream = this.streams.get(record.stream);
    if (ofStream === undefined) this.streams.set(record.stream, [record]);
    else ofStream.push(record);
  }

  private decide(
    stream: string,
    present: readonly ServerRecord[],
    events: readonly ProposedRecord[],
    expected: Expected,
  ): Decision {
    const current = present.at(-1)?.revision ?? -1;
    if (this.isDeleted(stream)) return 'deleted';
    if (expected === 'stream-exists' && current < 0) return 'wrong';
    if (expected === 'any' || expected === 'stream-exists') {
      const known = events.map(({ id }) => present.find((record) => record.id === id)?.revision);
      if (known[0] === undefined) return 'write';
      const last = known.at(-1);
      // The server calls a known id that is followed by a new one "corrupted idempotency".
      return known.includes(undefined) || last === undefined ? 'wrong' : { repeatedThrough: last };
    }
    const believed = expected === 'no-stream' ? -1 : expected;
    if (believed === current) return 'write';
    if (believed > current || events.length === 0) return 'wrong';
    const repeats = events.every(({ id }, index) => {
      const record = present.find(({ revision }) => revision === believed + 1 + index);
      return record?.id === id;
    });
    return repeats ? { repeatedThrough: believed + events.length } : 'wrong';
  }
}
