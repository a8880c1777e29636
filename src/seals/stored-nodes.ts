/**
 * Where the nodes of a tree are in a file that only grows: each leaf is followed by the inner nodes that are complete with
 * it. So every proof is some reads of 32 bytes, and nothing that was written ever changes.
 */
import { emptyRoot, nodeHash, type Hash } from './merkle-tree.js';

/** Reads a stored node by its place. */
export type NodeAt = (place: number) => Hash;

/** How many nodes are stored for a tree of a size: as many as it has complete subtrees of any size. */
export function nodesOf(size: number): number {
  let nodes = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) nodes += rest;
  return nodes;
}

/** The largest tree of which so many nodes are stored. */
export function sizeWithin(nodes: number): number {
  let size = Math.ceil(nodes / 2);
  while (nodesOf(size + 1) <= nodes) size += 1;
  while (nodesOf(size) > nodes) size -= 1;
  return size;
}

/** The place of the root of a complete subtree: the `index`th of 2^`level` leaves each. */
export function placeOf(level: number, index: number): number {
  // It is written with its last leaf, behind that leaf and the nodes below it.
  const lastLeaf = (index + 1) * 2 ** level - 1;
  return nodesOf(lastLeaf) + level;
}

/** The root of the leaves from `from`, inclusive, to `to`, exclusive, as RFC 6962 builds it. */
export function rootOf(from: number, to: number, at: NodeAt): Hash {
  const count = to - from;
  if (count === 0) return emptyRoot();
  const half = largestPowerBelow(count);
  if (half * 2 === count || count === 1) return at(placeOf(Math.log2(count), from / count));
  return nodeHash(rootOf(from, from + half, at), rootOf(from + half, to, at));
}

/** The roots of the complete subtrees of a tree, the largest first. */
export function peaksOf(size: number, at: NodeAt): Hash[] {
  const peaks: Hash[] = [];
  let from = 0;
  while (from < size) {
    const rest = size - from;
    const whole = largestPowerBelow(rest + 1);
    peaks.push(at(placeOf(Math.log2(whole), from / whole)));
    from += whole;
  }
  return peaks;
}

/** The largest power of two that is less than a number of at least 2; 1 for 1. */
export function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}
