/** Decides set-version. */
import type { PairFacts } from '../../../facts/pair.js';
import { versions } from '../../../policy/versions.js';
import type { PairCommands } from '../commands.js';
import { accepted, alreadyHolds, type Decision } from '../decision.js';

export function setVersion(pair: PairFacts, command: PairCommands['set-version']): Decision {
  const { pool, version } = command;
  if (pair.version?.version === version) {
    return alreadyHolds(null, { what: `The version ${versions[version].title}`, at: pair.version.at });
  }
  return accepted([{ type: 'VersionSet', data: { pool, version } }]);
}
