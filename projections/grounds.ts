import { bases } from '../policy/experience/types.js';
import type { Grounds } from '../policy/grounds.js';

/** A copy of the grounds, without the other fields of an answer of the policy. */
export const groundsIn = ({ because, basis, inference }: Grounds): Grounds => ({
  because: [...because],
  basis,
  inference,
});

/** The grounds of an answer that rests on two others: inferred where either is. */
export function united(first: Grounds, second: Grounds): Grounds {
  const because = [...new Set([...first.because, ...second.because])];
  const { basis, inference } = weakest([first, second]);
  return { because, basis, inference };
}

/** Of several, the one that rests least on the document itself; the first of those. */
export const weakest = <Some extends Pick<Grounds, 'basis' | 'inference'>>(
  all: readonly [Some, ...Some[]],
): Some => all.reduce((worst, one) => (bases.indexOf(one.basis) > bases.indexOf(worst.basis) ? one : worst));
