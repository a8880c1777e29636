import { digestOf, idOf, isKeyOf, stateOf, type KeyEntry, type KeyState } from './key.js';
import { markOfFile, readKeys, type FileMark } from './key-file.js';

/** What a reload changed, for the access log. */
export interface KeyChange {
  readonly kind: 'key-added' | 'key-changed' | 'key-removed';
  readonly entry: KeyEntry;
}

export interface KeyRingOptions {
  /** Called with what a reload changed. */
  readonly onChanged?: (changes: readonly KeyChange[]) => void;
  /** Called once for each fault of the file, and with null once it is well again. */
  readonly onFault?: (fault: string | null) => void;
  readonly now?: () => number;
}

/** Milliseconds between two looks at the file. */
const interval = 1_000;

/** The keys of a file, which is read again whenever it has changed. A broken file leaves the last good keys in force. */
export class KeyRing {
  private byId: ReadonlyMap<string, readonly KeyEntry[]> = new Map();
  private mark: FileMark | null;
  private lastFault: string | null = null;
  private readonly timer: NodeJS.Timeout;

  /** @throws KeyFileError where the file cannot be used to begin with */
  constructor(
    private readonly path: string,
    private readonly options: KeyRingOptions = {},
  ) {
    const { entries, mark } = readKeys(path);
    this.byId = Map.groupBy(entries, ({ id }) => id);
    this.mark = mark;
    this.timer = setInterval(() => this.look(), interval).unref();
  }

  /** Why the file cannot be used as it is now; null where it can. */
  get fault(): string | null {
    return this.lastFault;
  }

  get size(): number {
    return this.entries.length;
  }

  /** The entry of a key with how it stands; null where no such key is known, whether its id is or not. */
  find(key: string): { readonly entry: KeyEntry; readonly state: KeyState } | null {
    const digest = digestOf(key);
    const entry = (this.byId.get(idOf(key) ?? '') ?? [none]).find((one) => isKeyOf(digest, one));
    return entry === undefined || entry === none ? null : { entry, state: stateOf(entry, this.now()) };
  }

  /** Reads the file again where it has changed. */
  look(): void {
    const mark = markOfFile(this.path);
    if (mark === this.mark && (mark !== null || this.lastFault !== null)) return;
    this.mark = mark;
    try {
      const { entries, mark: read } = readKeys(this.path);
      const changes = changesBetween(this.entries, entries);
      this.byId = Map.groupBy(entries, ({ id }) => id);
      this.mark = read;
      this.tell(null);
      if (changes.length > 0) this.options.onChanged?.(changes);
    } catch (error) {
      this.tell(error instanceof Error ? error.message : String(error));
    }
  }

  close(): void {
    clearInterval(this.timer);
  }

  private get entries(): readonly KeyEntry[] {
    return [...this.byId.values()].flat();
  }

  private now(): number {
    return this.options.now?.() ?? Date.now();
  }

  private tell(fault: string | null): void {
    if (fault === this.lastFault) return;
    this.lastFault = fault;
    this.options.onFault?.(fault);
  }
}

/** Compared where the id is not known, so that this takes as long. */
const none: KeyEntry = { id: '', sha256: '0'.repeat(64), role: 'viewer', actor: '' };

function changesBetween(before: readonly KeyEntry[], after: readonly KeyEntry[]): readonly KeyChange[] {
  const old = new Map(before.map((entry) => [entry.sha256, entry]));
  const left = new Set(old.keys());
  const changes = after.flatMap((entry): KeyChange[] => {
    left.delete(entry.sha256);
    const known = old.get(entry.sha256);
    if (known === undefined) return [{ kind: 'key-added', entry }];
    return JSON.stringify(known) === JSON.stringify(entry) ? [] : [{ kind: 'key-changed', entry }];
  });
  const removed = [...left].flatMap((sha256): KeyChange[] => {
    const entry = old.get(sha256);
    return entry === undefined ? [] : [{ kind: 'key-removed', entry }];
  });
  return [...changes, ...removed];
}
