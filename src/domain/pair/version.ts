/** Decides set-version. */
import type { PairFacts } from '../../../facts/pair.js';
import { versions } from '../../../policy/versions.js';
import type { PairCommands } from '../commands.js';
import { accepted, alreadyHolds, type Decision } from '../decision.js';
import { refusedBy } from '../rules.js';

export function setVersion(pair: PairFacts, command: PairCommands['set-version']): Decision {
  const { pool, version } = command;
  const held =
    pair.version === null
      ? undefined
      : { what: `The version ${versions[pair.version.version].title}`, at: pair.version.at };
  if (pair.version?.version === version) return alreadyHolds(null, held);
  const { title, replicates } = versions[version];
  if (!replicates && pair.replication?.enabled === true) {
    return refusedBy(
      'version-replicates',
      `${title} does not replicate response groups, and the replication of the pair is on record as switched on. Record that it is off first (enabled).`,
      { allowed: ['set-replication'] },
    );
  }
  return accepted([{ type: 'VersionSet', data: { pool, version } }], { replaces: held });
}
