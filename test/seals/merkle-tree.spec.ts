import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { emptyRoot, leafHash, nodeHash, TreeEdge, type Hash } from '../../src/seals/merkle-tree.js';
import { consistencyProof, continues, includes, inclusionProof } from '../../src/seals/proofs.js';
import { nodesOf, peaksOf, rootOf, sizeWithin } from '../../src/seals/stored-nodes.js';

/** The tree as RFC 6962 writes it down, without any cleverness. */
function plainRoot(leaves: readonly Hash[]): Hash {
  const [only] = leaves;
  if (only === undefined) return createHash('sha256').digest();
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)));
}

const leaves = Array.from({ length: 131 }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)));

/** The stored nodes and the edge of a tree of so many leaves. */
function grown(size: number): { at: (place: number) => Hash; edge: TreeEdge; nodes: number } {
  const edge = new TreeEdge();
  const nodes = leaves.slice(0, size).flatMap((leaf) => edge.add(leaf));
  return { edge, nodes: nodes.length, at: (place) => nodes[place] ?? Buffer.alloc(0) };
}

const sizes = Array.from({ length: 131 }, (_, size) => size);
const flipped = (hash: Hash): Hash => Buffer.from(hash.map((byte, index) => (index === 7 ? byte ^ 1 : byte)));

describe('The tree', () => {
  it.each(sizes)('has the root of RFC 6962 with %i leaves, however it is reached', (size) => {
    const { edge, at, nodes } = grown(size);
    const expected = plainRoot(leaves.slice(0, size));
    expect(edge.root()).toEqual(expected);
    expect(rootOf(0, size, at)).toEqual(expected);
    expect(nodes).toBe(nodesOf(size));
    expect(sizeWithin(nodes)).toBe(size);
    // Goes on from its peaks alone.
    const resumed = new TreeEdge(size, peaksOf(size, at));
    resumed.add(leaves[size] ?? emptyRoot());
    expect(resumed.root()).toEqual(plainRoot(leaves.slice(0, size + 1)));
  });

  it('has the roots that are published for the empty tree and for one empty leaf', () => {
    expect(new TreeEdge().root().toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(leafHash(Buffer.alloc(0)).toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  it('is not resumed from the peaks of another size', () => {
    expect(() => new TreeEdge(3, [emptyRoot()])).toThrow('has 2 peaks, not 1');
  });

  it('keeps complete nodes only: a file that was cut within a leaf holds the tree before it', () => {
    for (const size of sizes.slice(1)) expect(sizeWithin(nodesOf(size) - 1)).toBe(size - 1);
  });
});

describe('A proof of inclusion', () => {
  it('leads from every leaf of every small tree to its root, and from nothing else', () => {
    for (const size of sizes.slice(1, 40)) {
      const { at, edge } = grown(size);
      const tree = { size, root: edge.root() };
      for (let index = 0; index < size; index += 1) {
        const leaf = { index, hash: leaves[index] ?? emptyRoot() };
        const proof = inclusionProof(index, size, at);
        expect(includes(tree, leaf, proof)).toBe(true);
        expect(includes(tree, { ...leaf, hash: flipped(leaf.hash) }, proof)).toBe(false);
        expect(includes({ size, root: flipped(tree.root) }, leaf, proof)).toBe(false);
        expect(includes(tree, { ...leaf, index: size }, proof)).toBe(false);
        if (size > 1) expect(includes(tree, { ...leaf, index: (index + 1) % size }, proof)).toBe(false);
        expect(includes(tree, leaf, [...proof, emptyRoot()])).toBe(false);
        for (const [place, hash] of proof.entries()) {
          expect(includes(tree, leaf, proof.with(place, flipped(hash)))).toBe(false);
        }
        if (proof.length > 0) expect(includes(tree, leaf, proof.slice(1))).toBe(false);
      }
    }
  });

  it('is not made for a leaf that the tree does not have', () => {
    expect(() => inclusionProof(4, 4, grown(4).at)).toThrow('has no leaf 4');
  });
});

describe('A proof of consistency', () => {
  it('shows of every two small trees that one continues the other, and fails for any other', () => {
    for (const size of sizes.slice(0, 36)) {
      const { at, edge } = grown(size);
      const tree = { size, root: edge.root() };
      for (let from = 0; from <= size; from += 1) {
        const earlier = { size: from, root: plainRoot(leaves.slice(0, from)) };
        const proof = consistencyProof(from, size, at);
        expect(continues(tree, earlier, proof)).toBe(true);
        expect(continues(tree, earlier, [...proof, emptyRoot()])).toBe(false);
        if (from === 0) continue;
        expect(continues(tree, { ...earlier, root: flipped(earlier.root) }, proof)).toBe(false);
        expect(continues({ size, root: flipped(tree.root) }, earlier, proof)).toBe(false);
        for (const [place, hash] of proof.entries()) {
          expect(continues(tree, earlier, proof.with(place, flipped(hash)))).toBe(false);
        }
        if (proof.length > 0) expect(continues(tree, earlier, proof.slice(1))).toBe(false);
      }
    }
  });

  it('is not made for a tree that is larger', () => {
    expect(() => consistencyProof(5, 4, grown(5).at)).toThrow('does not continue one of 5');
    expect(continues({ size: 1, root: emptyRoot() }, { size: 2, root: emptyRoot() }, [])).toBe(false);
  });
});
