/** How a copy came to be on a pool that does not own it, where no import brought it. */
import { standsInBy } from '../facts/copies.js';
import type { Copy, PairFacts } from '../facts/pair.js';
import { sourceOf, type Source } from '../policy/sources.js';

export interface Origin {
  /** It is there without an import on record; absent where it is the owner's own, or an import brought it. */
  readonly replica?: true;
  /** The document that has it there without an import; absent where none has. */
  readonly source?: Source;
}

export function originOf(pair: PairFacts, copy: Copy): Origin {
  if (copy.owner === copy.parent) return {};
  switch (standsInBy(pair, copy)) {
    case 'import':
      return {};
    case 'replica-shown':
      return { replica: true };
    case 'replicated-copy':
      return { replica: true, source: sourceOf('replication') };
  }
}
