import { createHash } from 'node:crypto';

/** SHA-256 as RFC 6962 uses it: 32 bytes. */
export type Hash = Buffer;

const OF_LEAF = Buffer.from([0]);
const OF_NODE = Buffer.from([1]);

/** The hash of a leaf: SHA-256 over the byte 0 and the leaf's data. */
export const leafHash = (data: Uint8Array): Hash =>
  createHash('sha256').update(OF_LEAF).update(data).digest();

/** The hash of an inner node: SHA-256 over the byte 1 and the hashes of its two children. */
export const nodeHash = (left: Hash, right: Hash): Hash =>
  createHash('sha256').update(OF_NODE).update(left).update(right).digest();

/** The root of a tree without leaves: SHA-256 over nothing. */
export const emptyRoot = (): Hash => createHash('sha256').digest();

/**
 * The right edge of a tree that only grows: the roots of its complete subtrees, the largest first. That is all that is
 * needed to add leaves and to give the root: 32 bytes for each binary one of the size.
 */
export class TreeEdge {
  private readonly peaks: Hash[];
  private leaves: number;

  /** @param peaks the roots of the complete subtrees of a tree of that size, the largest first */
  constructor(size = 0, peaks: readonly Hash[] = []) {
    if (peaks.length !== onesOf(size)) {
      throw new RangeError(`A tree of ${size} leaves has ${onesOf(size)} peaks, not ${peaks.length}.`);
    }
    this.leaves = size;
    this.peaks = [...peaks];
  }

  get size(): number {
    return this.leaves;
  }

  /** Adds the hash of a leaf; gives the nodes that are complete with it: the leaf, then its parents upwards. */
  add(leaf: Hash): readonly Hash[] {
    const complete = [leaf];
    let node = leaf;
    for (let rest = this.leaves; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.peaks.pop();
      if (left === undefined) throw new RangeError('The edge of the tree has too few peaks.');
      node = nodeHash(left, node);
      complete.push(node);
    }
    this.peaks.push(node);
    this.leaves += 1;
    return complete;
  }

  root(): Hash {
    const last = this.peaks.at(-1);
    if (last === undefined) return emptyRoot();
    return this.peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
  }
}

/** How many binary ones a size has. Sizes may be beyond 32 bits, so there is no bit arithmetic here. */
function onesOf(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
