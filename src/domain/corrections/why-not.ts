import type { Decision } from '../decision.js';

/** Why a decision lets nothing happen; null where it does. */
export const whyNot = (decision: Decision): string | null => {
  if (decision.outcome === 'refused') return decision.detail;
  return decision.outcome === 'accepted' ? null : (decision.errors[0]?.detail ?? 'It is not valid.');
};
