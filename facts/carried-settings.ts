/** The application settings of a pool on its partner, and those of a lost pool on their way to the pool in its place. */
import type { Properties } from '../events/vocabulary.js';
import { sameJson } from '../policy/same-json.js';
import { partnerOf } from './copies.js';
import type { PairFacts, PoolFacts, SettingsReplaced } from './pair-state.js';

/** How the partner came to run under the settings of the pool; null where it has its own, or has them back from a file. */
export function settingsCarriedFrom(pair: PairFacts, pool: PoolFacts): SettingsReplaced | null {
  const { settingsReplaced: replaced } = partnerOf(pair, pool.fqdn);
  if (replaced === null) return null;
  return replaced.by === null || pair.exports.get(replaced.by)?.pool === pool.fqdn ? replaced : null;
}

export interface SettingsToGive {
  /** The lost pool, whose they were. */
  readonly lost: string;
  readonly settings: Properties;
  /** The pool that stands in runs under them: a file of it has them, with the music, and the import can bring them. */
  readonly onPartner: boolean;
}

/**
 * The settings of the lost pool that the pool in its place does not have. Null where there is nothing to give: whoever sets
 * the settings of the new pool has chosen them.
 */
export function settingsToGive(pair: PairFacts, pool: PoolFacts): SettingsToGive | null {
  const { replaces, settingsChange, applicationSettings } = pool;
  if (replaces === undefined || settingsChange !== null) return null;
  const { fqdn: lost, settings: last } = replaces;
  const { applicationSettings: there } = partnerOf(pair, pool.fqdn);
  const carried = settingsCarriedFrom(pair, pool);
  const carriedThere =
    carried !== null && sameJson(carried.settings, last) && !sameJson(carried.previous, there);
  const onPartner = carriedThere || sameJson(there, last);
  const settings = onPartner ? there : last;
  return sameJson(settings, applicationSettings) ? null : { lost, settings, onPartner };
}
