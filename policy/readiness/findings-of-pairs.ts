/** Findings about the pair itself: a pool that is in none, and what a pool of no pair with this one owns here. */
import { found, inferred, type FindingKind } from './finding-kind.js';

export const findingsOfPairs = {
  'in-no-pair': found(
    'critical',
    'A pool fails over only to the pool that it is paired with: without one nobody stands in for it.',
    ['pairing'],
    inferred,
  ),
  'given-up': found(
    'info',
    'All that the pool owned was moved to its partner, which serves it: nothing fails back, and nothing of it is at stake. What is left is to end its pairing, its incident and its record.',
    ['planning', 'pairing'],
    inferred,
  ),
  'copy-of-no-partner': found(
    'info',
    'The copy belongs to a pool that is in no pair with this one. It stands in for nothing and takes no calls; only the Management Shell shows it, and it holds its name.',
    ['procedures'],
    inferred,
  ),
} as const satisfies Readonly<Record<string, FindingKind>>;
