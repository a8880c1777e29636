import { bases } from '../policy/experience/types.js';
import type { Grounds } from '../policy/grounds.js';
import { sourceOf, type Source } from '../policy/sources.js';

/** The grounds of an answer that rests on more than the three tables names the other document. */
export interface CitedGrounds extends Grounds {
  /** Absent where the tables alone decide, or an inference does. */
  readonly source?: Source;
}

/** What is cited besides the tables: a replica stands in by another document. */
export const citedBy = ({ inference }: Pick<Grounds, 'inference'>): Pick<CitedGrounds, 'source'> =>
  inference === 'replicated-copy' ? { source: sourceOf('replication') } : {};

/** A copy of the grounds, without the other fields of an answer of the policy. */
export const groundsIn = ({ because, basis, inference }: Grounds): CitedGrounds => ({
  because: [...because],
  basis,
  inference,
  ...citedBy({ inference }),
});

/** The grounds of an answer that rests on two others: inferred where either is. */
export function united(first: Grounds, second: Grounds): CitedGrounds {
  const because = [...new Set([...first.because, ...second.because])];
  const { basis, inference } = weakest([first, second]);
  return { because, basis, inference, ...citedBy({ inference }) };
}

/** Of several, the one that rests least on the document itself; the first of those. */
export const weakest = <Some extends Pick<Grounds, 'basis' | 'inference'>>(
  all: readonly [Some, ...Some[]],
): Some => all.reduce((worst, one) => (bases.indexOf(one.basis) > bases.indexOf(worst.basis) ? one : worst));
