import { foldName } from '../policy/names.js';
import type { PairFacts } from '../facts/pair.js';
import { beginningOf } from '../policy/texts/cut.js';

/** For each export to come. */
export interface NewFiles {
  /** What the pool has. */
  readonly own: string;
  /** What its partner has. */
  readonly partners: string;
  /** What the partner has of it, to be brought home. */
  readonly homeward: string;
  /** The same, removed from the partner. */
  readonly removed: string;
  /** What a pool of no pair with this one has here, removed. */
  readonly strange: (owner: string) => string;
}

/** So that no file name is longer than what may be recorded: two of these, words and a number. */
const longestPoolPart = 100;

/**
 * Names for files to come: none was ever recorded, and none is given twice; the same facts give the same names.
 * The cmdlet fails where the file exists, in whatever folder and case it was written.
 */
export function newFiles(pair: PairFacts, pool: string, partner: string): NewFiles {
  const nameFor = freeNames(pair);
  return {
    own: nameFor(pool, 'export'),
    partners: nameFor(partner, 'export'),
    homeward: nameFor(pool, `from-${partner}`),
    removed: nameFor(pool, `removed-from-${partner}`),
    strange: (owner) => nameFor(owner, `removed-from-${pool}`),
  };
}

function freeNames(pair: PairFacts): (pool: string, purpose: string) => string {
  const taken = new Set<string>();
  for (const { fileName } of pair.exports.values()) {
    if (fileName !== null) taken.add(baseName(fileName));
  }
  let number = pair.exports.size;
  return (pool, purpose) => {
    for (;;) {
      number += 1;
      const name = `${beginningOf(pool, longestPoolPart)}-${beginningOf(purpose, longestPoolPart)}-${number}.zip`;
      if (!taken.has(baseName(name))) return name;
    }
  };
}

const baseName = (path: string): string => foldName(path.split(/[\\/]/).at(-1) ?? path);
