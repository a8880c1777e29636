/**
 * fast-check, where the run decides how often a property is tried: the variable `PROPERTY_RUNS` is the share of the
 * runs that is made. 1 makes all of them, as continuous integration does; without it a quarter is made, so that
 * whoever waits for the answer need not wait long.
 * `PROPERTY_SEED` decides which values are tried: the same ones in every run of one state of the code, so that its
 * verdict does not change from run to run; a number for others, or `random` to look for what no run has tried.
 */
import fc from 'fast-check';

const share = Number(process.env['PROPERTY_RUNS'] ?? ('CI' in process.env ? 1 : 0.25));
if (!(share > 0)) throw new Error('PROPERTY_RUNS is a share, such as 0.25 or 1.');

/**
 * @param all how many runs continuous integration makes
 * @returns how many this run makes: at least one
 */
export const runs = (all: number): number => Math.max(1, Math.round(all * share));

const given = process.env['PROPERTY_SEED'] ?? '20261126';
const seed = given === 'random' ? Math.trunc(Math.random() * 0x7fffffff) : Number(given);
if (!Number.isInteger(seed)) throw new Error('PROPERTY_SEED is a whole number, or "random".');

// The number of runs is for properties that do not say how many.
fc.configureGlobal({ numRuns: runs(100), seed });

export { fc };
