/** Proofs of RFC 6962, section 2.1: how they are made of stored nodes, and how they are checked. */
import { nodeHash, type Hash } from './merkle-tree.js';
import { largestPowerBelow, rootOf, type NodeAt } from './stored-nodes.js';

/** The hashes that lead from a leaf to the root of a tree. */
export function inclusionProof(index: number, size: number, at: NodeAt): Hash[] {
  requireWithin(index, size);
  const path = (leaf: number, from: number, to: number): Hash[] => {
    if (to - from === 1) return [];
    const middle = from + largestPowerBelow(to - from);
    return leaf < middle
      ? [...path(leaf, from, middle), rootOf(middle, to, at)]
      : [...path(leaf, middle, to), rootOf(from, middle, at)];
  };
  return path(index, 0, size);
}

/** The hashes that show that a tree continues an earlier one: none where one of them is empty or both are the same. */
export function consistencyProof(earlier: number, size: number, at: NodeAt): Hash[] {
  if (earlier > size) throw new RangeError(`A tree of ${size} leaves does not continue one of ${earlier}.`);
  if (earlier === 0 || earlier === size) return [];
  const path = (end: number, from: number, to: number, isWhole: boolean): Hash[] => {
    if (end === to) return isWhole ? [] : [rootOf(from, to, at)];
    const middle = from + largestPowerBelow(to - from);
    return end <= middle
      ? [...path(end, from, middle, isWhole), rootOf(middle, to, at)]
      : [...path(end, middle, to, false), rootOf(from, middle, at)];
  };
  return path(earlier, 0, size, true);
}

/** Whether the proof leads from the leaf, at its index, to the root. */
export function includes(
  tree: { readonly size: number; readonly root: Hash },
  leaf: { readonly index: number; readonly hash: Hash },
  proof: readonly Hash[],
): boolean {
  if (!isWithin(leaf.index, tree.size)) return false;
  let { index, hash } = leaf;
  let last = tree.size - 1;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (index % 2 === 1 || index === last) {
      hash = nodeHash(sibling, hash);
      while (index % 2 === 0 && index !== 0) {
        index = half(index);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    index = half(index);
    last = half(last);
  }
  return last === 0 && hash.equals(tree.root);
}

/** Whether the proof shows that a tree begins with the leaves of an earlier one. */
export function continues(
  tree: { readonly size: number; readonly root: Hash },
  earlier: { readonly size: number; readonly root: Hash },
  proof: readonly Hash[],
): boolean {
  if (earlier.size > tree.size) return false;
  if (earlier.size === tree.size) return proof.length === 0 && earlier.root.equals(tree.root);
  if (earlier.size === 0) return proof.length === 0;
  let index = earlier.size - 1;
  let last = tree.size - 1;
  while (index % 2 === 1) {
    index = half(index);
    last = half(last);
  }
  const [first, ...rest] = index === 0 ? [earlier.root, ...proof] : proof;
  if (first === undefined) return false;
  let before = first;
  let now = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (index % 2 === 1 || index === last) {
      before = nodeHash(sibling, before);
      now = nodeHash(sibling, now);
      while (index % 2 === 0 && index !== 0) {
        index = half(index);
        last = half(last);
      }
    } else {
      now = nodeHash(now, sibling);
    }
    index = half(index);
    last = half(last);
  }
  return last === 0 && before.equals(earlier.root) && now.equals(tree.root);
}

const half = (number: number): number => Math.floor(number / 2);

const isWithin = (index: number, size: number): boolean =>
  Number.isSafeInteger(index) && index >= 0 && index < size;

function requireWithin(index: number, size: number): void {
  if (!isWithin(index, size)) throw new RangeError(`A tree of ${size} leaves has no leaf ${index}.`);
}
