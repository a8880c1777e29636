import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { TreeEdge, type Hash } from '../../seals/merkle-tree.js';
import { nodesOf, peaksOf, placeOf, rootOf, sizeWithin, type NodeAt } from '../../seals/stored-nodes.js';

const BYTES = 32;

/**
 * The nodes of the tree in a file that only grows, 64 bytes for each event. It needs no protection: any of its sizes is
 * proved or disproved by a seal of that size.
 */
export class TreeFile {
  private edge: TreeEdge;

  private constructor(private readonly file: number) {
    this.edge = new TreeEdge();
    this.cutTo(sizeWithin(Math.floor(fstatSync(file).size / BYTES)));
  }

  /** Opens the file to add to it; makes it where it is missing. What a torn write left at its end is cut off. */
  static open(path: string): TreeFile {
    // Not to append: Windows makes no file shorter that was opened for that.
    return new TreeFile(openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644));
  }

  get size(): number {
    return this.edge.size;
  }

  /** @throws RangeError where the file does not have the node */
  readonly at: NodeAt = (place) => {
    const node = Buffer.alloc(BYTES);
    const read = readSync(this.file, node, 0, BYTES, place * BYTES);
    if (read < BYTES) throw new RangeError(`The file of the tree ends before its node ${place}.`);
    return node;
  };

  leaf(index: number): Hash {
    return this.at(placeOf(0, index));
  }

  /** The root of the first leaves: of all where no number is given. */
  root(size = this.size): Hash {
    return rootOf(0, size, this.at);
  }

  add(leaves: readonly Hash[]): void {
    if (leaves.length === 0) return;
    const before = this.size;
    try {
      const bytes = Buffer.concat(leaves.flatMap((leaf) => this.edge.add(leaf)));
      const written = writeSync(this.file, bytes, 0, bytes.length, nodesOf(before) * BYTES);
      if (written < bytes.length) throw new Error('the disk took only a part of the tree of the log');
    } catch (error) {
      this.cutTo(before);
      throw error;
    }
  }

  /** Forgets the leaves after the first so many. */
  cutTo(size: number): void {
    ftruncateSync(this.file, nodesOf(size) * BYTES);
    this.edge = new TreeEdge(size, peaksOf(size, this.at));
  }

  /** What was added survives a power cut after this. */
  sync(): void {
    fdatasyncSync(this.file);
  }

  close(): void {
    closeSync(this.file);
  }
}

/** A tree that is only read: null where there is no such file, or none that can be read. */
export function readTree(path: string): (TreeReader & Disposable) | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  const at: NodeAt = (place) => {
    const node = Buffer.alloc(BYTES);
    if (readSync(file, node, 0, BYTES, place * BYTES) < BYTES) throw new RangeError('The file is too short.');
    return node;
  };
  return {
    size: sizeWithin(Math.floor(fstatSync(file).size / BYTES)),
    leaf: (index) => at(placeOf(0, index)),
    [Symbol.dispose]: () => closeSync(file),
  };
}

/** The leaves of a tree that somebody kept. */
export interface TreeReader {
  readonly size: number;
  leaf(index: number): Hash;
}
