/** Which lines can be given now: what is closed in this stage cannot be changed, and the change would be refused. */
import { governingCell, runsBeforeServing } from '../../facts/copies.js';
import type { Copy, PairFacts, PoolFacts } from '../../facts/pair.js';
import { setSettingsCmdlets } from '../../policy/cmdlets.js';
import { configurationOf } from '../../policy/copies.js';

type Placed = Pick<Copy, 'owner' | 'parent'>;

/** By the last row of the tables. */
export const canBeChanged = (pair: PairFacts, copy: Placed): boolean =>
  configurationOf(governingCell(pair, copy)).outcome.managementShell.modify;

/** The lines for those objects that can be changed where they are now. */
export const changing = (
  pair: PairFacts,
  copies: readonly Copy[],
  lines: (copy: Copy) => readonly string[],
): readonly string[] => copies.filter((copy) => canBeChanged(pair, copy)).flatMap(lines);

export const settingSettings = (
  pair: PairFacts,
  pool: PoolFacts,
  settings: PoolFacts['applicationSettings'],
): readonly string[] =>
  runsBeforeServing(pool) || canBeChanged(pair, { owner: pool.fqdn, parent: pool.fqdn })
    ? setSettingsCmdlets(pool.fqdn, settings)
    : [];
