import { inferred, type Grounds } from '../policy/grounds.js';

/** A copy of the grounds, without the other fields of an answer of the policy. */
export const groundsIn = ({ because, basis, inference }: Grounds): Grounds => ({
  because: [...because],
  basis,
  inference,
});

/** The grounds of an answer that rests on two others: inferred where either is. */
export function united(first: Grounds, second: Grounds): Grounds {
  const because = [...new Set([...first.because, ...second.because])];
  const inference = first.inference ?? second.inference;
  return inference === null ? { because, basis: 'stated', inference } : { ...inferred(inference), because };
}
