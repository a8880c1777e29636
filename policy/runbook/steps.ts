/**
 * The steps of a failover and back, in their order: what each is for, when it is due and what must hold. Where the
 * documents disagree or print a command that cannot work, the step says which way was taken.
 */
import { stepsAway } from './steps-away.js';
import { stepsHome } from './steps-home.js';

export const steps = { ...stepsAway, ...stepsHome } as const;

export type StepId = keyof typeof steps;
export const stepIds = Object.keys(steps) as readonly StepId[];
