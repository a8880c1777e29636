/** What the record says against a new pool serving as it is: it is recorded all the same. */
import { settingsToGive } from '../../../facts/carried-settings.js';
import { partnerOf } from '../../../facts/copies.js';
import { onNeitherPool } from '../../../facts/replacement.js';
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import { few } from '../../../policy/texts/few.js';
import { allowed, warn, type Ruling } from '../rules.js';
import { labelOf } from './hosted.js';

/** What nobody imported into the pool that stands in comes with no export of it. */
export function warnOfGroupsLeft(pair: PairFacts, pool: PoolFacts): Ruling {
  const left = onNeitherPool(pair, pool);
  if (left.length === 0) return allowed();
  const what = left.length === 1 ? '1 object' : `${left.length} objects`;
  return allowed({
    warnings: warn(
      'lost-with-the-pool',
      `${pool.fqdn} serves without ${what} of ${pool.replaces?.fqdn ?? ''}, which no pool has: import a file that has ${left.length === 1 ? 'it' : 'them'} into ${pool.fqdn} with overwriteOwner, or make ${left.length === 1 ? 'it' : 'them'} again: ${few(left, { word: labelOf })}.`,
    ),
  });
}

/** The pool that stood in gets its own settings back once the new one serves, and what it had of the lost one is gone. */
export function warnOfSettingsLeft(pair: PairFacts, pool: PoolFacts): Ruling {
  const open = settingsToGive(pair, pool);
  if (open === null) return allowed();
  const { lost, onPartner } = open;
  const partner = partnerOf(pair, pool.fqdn).fqdn;
  return allowed({
    warnings: warn(
      'settings-of-lost-pool',
      `The application settings of ${lost} are not on ${pool.fqdn}, which serves with those that every pool has at first. ${
        onPartner
          ? `${partner} runs under them: import a file of it into ${pool.fqdn} with replaceExistingSettings, before ${partner} gets its own back.`
          : `Set them on ${pool.fqdn}, with modify-object of its application-settings.`
      }`,
    ),
  });
}
