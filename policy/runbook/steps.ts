/**
 * The steps of a failover and a failback, in order: purpose, precondition, and the stages in which each is due. Where
 * the documents disagree, or print a command that cannot work, the step says which way was taken.
 */
import { stepsAlone } from './steps-alone.js';
import { stepsAway } from './steps-away.js';
import { stepsHome } from './steps-home.js';
import { stepsLost } from './steps-lost.js';
import { stepsReplacement } from './steps-replacement.js';

export const steps = {
  ...stepsAway,
  ...stepsReplacement,
  ...stepsHome,
  ...stepsLost,
  ...stepsAlone,
} as const;

export type StepId = keyof typeof steps;
export const stepIds = Object.keys(steps) as readonly StepId[];

/** Those that no event of the pair completes. */
export const stepsByHand: readonly StepId[] = stepIds.filter((id) => steps[id].records === 'tick-step');
