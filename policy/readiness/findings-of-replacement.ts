/** Findings while a pool takes the place of one that is lost: what is lost for good, and what has to come over. */
import { found, inferred, type FindingKind } from './finding-kind.js';

export const findingsOfReplacement = {
  'agents-of-lost-pool': found(
    'warning',
    'Users of a pool that is lost are moved to the new one with -Force, and nothing moves them by itself. Whoever is left is served by the pool that stands in until the new one serves, and reached by nobody from then on.',
    ['planning'],
    inferred,
  ),
  'lost-for-good': found(
    'warning',
    'It was on the lost pool alone, as it was last: no file has it so, and no copy on the pool that stands in.',
    ['planning', 'procedures'],
    inferred,
  ),
  'in-a-file-alone': found(
    'warning',
    'The lost pool had it, and no pool has it now: only a file does, and nobody has imported that.',
    ['planning', 'procedures'],
    inferred,
  ),
  'settings-of-lost-pool': found(
    'warning',
    'A new pool has the application settings that every pool has at first. Those of the lost one come along only where the pool that stands in runs under them, and by -ReplaceExistingRgsSettings.',
    ['planning', 'procedures'],
    inferred,
  ),
  'not-on-new-pool': found(
    'warning',
    'The pool that stands in has it, and the new pool does not, or not as it is there: what is not imported before the copies are removed is lost.',
    ['procedures', 'planning'],
    inferred,
  ),
} as const satisfies Readonly<Record<string, FindingKind>>;
