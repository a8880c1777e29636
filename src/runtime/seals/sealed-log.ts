import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointText, type Occasion } from '../../seals/checkpoint.js';
import { signNote } from '../../seals/signed-note.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { StreamNotFoundError } from '../../store/port.js';
import { FolderLock } from '../../store/sqlite/folder-lock.js';
import { Turns } from '../../store/turns.js';
import { leafOf } from './leaf-of.js';
import { SealFiles } from './seal-files.js';
import { SealKeys, type NewSigner } from './seal-keys.js';
import type { SealRecord } from './seal-record.js';
import { TreeFile } from './tree-file.js';

/** A folder of DATA_DIR. */
export const SEALS = 'seals';
export const TREE = 'tree';

type End = Pick<StoredEvent, 'position' | 'stream' | 'revision'>;
const NOTHING: End = { position: 0n, stream: '', revision: 0n };

/** The log does not begin with what the last seal covers. */
export class LogDepartedError extends Error {
  constructor(
    readonly last: SealRecord,
    problem: string,
  ) {
    super(problem);
    this.name = 'LogDepartedError';
  }
}

/** The tree of a log as far as it has been read, and the seals and keys, in their folder. */
export class SealedLog {
  readonly keys: SealKeys;
  files: SealFiles;
  tree: TreeFile;
  /** The last seal; null while there is none. */
  last: SealRecord | null;
  /** The last event in the tree. */
  private end = NOTHING;

  private readonly folder: string;
  private lock: FolderLock;

  /** @throws Error where another process seals in the folder, or its files cannot be used */
  constructor(dataFolder: string, now: string, newSigner?: NewSigner) {
    this.folder = join(dataFolder, SEALS);
    mkdirSync(this.folder, { recursive: true });
    this.lock = lockOf(this.folder);
    try {
      this.keys = SealKeys.open(dataFolder, this.folder, now, newSigner);
      this.files = new SealFiles(this.folder);
      this.tree = TreeFile.open(join(this.folder, TREE));
      this.last = this.files.latest();
    } catch (error) {
      this.lock.release();
      throw error;
    }
  }

  /** Up to which position the tree has the log. */
  get position(): bigint {
    return this.end.position;
  }

  /**
   * Takes up the tree where the last seal left it; where its file does not bear the seal out, the log is read from its
   * beginning.
   * @throws LogDepartedError where the log does not begin with what was sealed
   */
  async resume(store: EventStore, signal: AbortSignal): Promise<void> {
    const { last } = this;
    if (last === null) {
      this.tree.cutTo(0);
      return;
    }
    await this.requireEnd(store, last);
    if (this.treeIsOf(last)) {
      this.tree.cutTo(last.size);
      const leaf = await this.leafAt(store, last);
      if (leaf?.equals(this.tree.leaf(last.size - 1)) !== true) {
        throw new LogDepartedError(
          last,
          `The event at position ${last.position} is not the one that was sealed.`,
        );
      }
      this.end = { position: BigInt(last.position), stream: last.stream, revision: BigInt(last.revision) };
      return;
    }
    this.tree.cutTo(0);
    await this.grow(store, signal);
    const root = this.tree.size < last.size ? null : this.tree.root(last.size).toString('hex');
    if (root === last.root) return;
    throw new LogDepartedError(last, 'The log was changed since it was sealed.');
  }

  /** Reads what the log has beyond the tree. */
  async grow(store: EventStore, signal: AbortSignal): Promise<void> {
    const turns = new Turns(signal);
    const { position } = this.end;
    for await (const page of store.readAll(position === 0n ? {} : { after: position })) {
      const leaves = [];
      for (const event of page) {
        if (turns.isOver) await turns.next();
        leaves.push(leafOf(event));
      }
      this.tree.add(leaves);
      const [last] = page.slice(-1);
      if (last !== undefined) this.end = placeOf(last);
    }
  }

  /** Signs what the tree has, unless the last seal covers it already. */
  sign(occasion: Occasion, at: string, always: boolean): SealRecord | null {
    const { size } = this.tree;
    if (size === 0 || (!always && size === this.last?.size)) return null;
    const root = this.tree.root();
    const text = checkpointText({ origin: this.keys.origin, size, root, at, occasion });
    const { position, stream, revision } = this.end;
    const seal: SealRecord = {
      at,
      size,
      root: root.toString('hex'),
      occasion,
      position: String(position),
      stream,
      revision: String(revision),
      note: signNote(text, [this.keys.signer]),
    };
    // The tree first: a seal is never of a tree that a power cut took away.
    this.tree.sync();
    this.files.add(seal);
    this.last = seal;
    return seal;
  }

  /** Begins again under another name, with what is kept so far put aside. Gives the folder of that. */
  renew(now: string, reason: string): string {
    this.tree.close();
    this.lock.release();
    const before = this.keys.renew(now, reason);
    this.lock = lockOf(this.folder);
    this.files = new SealFiles(this.folder);
    this.tree = TreeFile.open(join(this.folder, TREE));
    this.last = null;
    this.end = NOTHING;
    return before;
  }

  close(): void {
    this.tree.close();
    this.lock.release();
  }

  private treeIsOf({ size, root }: SealRecord): boolean {
    return this.tree.size >= size && this.tree.root(size).toString('hex') === root;
  }

  private async requireEnd(store: EventStore, last: SealRecord): Promise<void> {
    const position = (await store.lastPosition()) ?? 0n;
    if (position >= BigInt(last.position)) return;
    throw new LogDepartedError(
      last,
      `The log ends at position ${position}, and position ${last.position} was sealed: events are missing at its end.`,
    );
  }

  private async leafAt(
    store: EventStore,
    { stream, revision, position }: SealRecord,
  ): Promise<Buffer | null> {
    const from = BigInt(revision);
    try {
      const [event] = await store.readStream(stream, { from, to: from, maxCount: 1 });
      return event === undefined || event.position !== BigInt(position) ? null : leafOf(event);
    } catch (error) {
      if (error instanceof StreamNotFoundError) return null;
      throw error;
    }
  }
}

/** The lock is beside the file that it is asked for. */
const lockOf = (folder: string): FolderLock => new FolderLock(join(folder, TREE));

const placeOf = ({ position, stream, revision }: StoredEvent): End => ({ position, stream, revision });
