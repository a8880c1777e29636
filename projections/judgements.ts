import { inferred, type Judgement } from '../policy/judgement.js';

/** A judgement of its own, cut out of a policy's answer. */
export const judgementIn = ({ because, basis, inference }: Judgement): Judgement => ({
  because: [...because],
  basis,
  inference,
});

/** One answer that rests on two judgements: inferred where either is. */
export function united(first: Judgement, second: Judgement): Judgement {
  const because = [...new Set([...first.because, ...second.because])];
  const inference = first.inference ?? second.inference;
  return inference === null ? { because, basis: 'stated', inference } : { ...inferred(inference), because };
}
