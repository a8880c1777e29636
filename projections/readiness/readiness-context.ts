/** The context of all findings: the facts of a pair, seen from the pool that would fail. */
import type { AgentFacts } from '../../facts/agent.js';
import { homePoolIn, type HomePool } from '../../facts/agent-home.js';
import { partnerOf, poolOf } from '../../facts/copies.js';
import type { ExportEvent, ImportEvent } from '../../facts/event-ref.js';
import { lastExportOf } from '../../facts/exports.js';
import type { Copy, PairFacts, PoolFacts } from '../../facts/pair.js';
import { pathOf } from '../../policy/files.js';
import { traitsOf, type Question } from '../../policy/stages.js';
import { newFiles, type NewFiles } from '../file-names.js';

export { holds, sameContent } from '../../facts/content.js';
export { exportsOf, isOfAllItOwns, lastExportOf, ownExportsOf } from '../../facts/exports.js';

export interface Settings {
  /** RFC 3339, UTC. */
  readonly now: string;
  readonly exportAgeTargetHours: number;
  /** How it stands with a pool that agents are homed in, over all pairs; where absent, only this pair is known. */
  readonly homeOf?: HomeOf;
}

/** Null where no pair has such a pool. */
export type HomeOf = (fqdn: string) => HomePool | null;

export interface ReadinessContext extends Settings {
  readonly pair: PairFacts;
  readonly pool: PoolFacts;
  readonly partner: PoolFacts;
  /** By `agentKey`. */
  readonly agents: ReadonlyMap<string, AgentFacts>;
  readonly homeOf: HomeOf;
  readonly question: Question;
  /** What the pool owns and hosts. */
  readonly own: readonly Copy[];
  /** The copies of what it owns that its partner hosts. */
  readonly imported: readonly Copy[];
  /** What the partner owns and hosts. */
  readonly partnersOwn: readonly Copy[];
  /** The latest export of what the pool owns; null where there is none. */
  readonly lastExport: ExportEvent | null;
  /** Names that no export has had yet. */
  readonly files: NewFiles;
}

/** Null where the pair has no such pool. */
export function readinessContextOf(
  pair: PairFacts | null,
  fqdn: string,
  agents: ReadonlyMap<string, AgentFacts>,
  settings: Settings,
): ReadinessContext | null {
  const pool = pair === null ? undefined : poolOf(pair, fqdn);
  if (pair === null || pool === undefined) return null;
  const partner = partnerOf(pair, fqdn);
  const copies = [...pair.copies.values()];
  const of = (owner: PoolFacts, parent: PoolFacts): readonly Copy[] =>
    copies.filter((copy) => copy.owner === owner.fqdn && copy.parent === parent.fqdn);
  return {
    ...settings,
    pair,
    pool,
    partner,
    agents,
    homeOf: settings.homeOf ?? ((home) => homePoolIn([pair], home)),
    question: traitsOf(pool.stage).question,
    own: of(pool, pool),
    imported: of(pool, partner),
    partnersOwn: of(partner, partner),
    lastExport: lastExportOf(pair, fqdn),
    files: newFiles(pair, fqdn, partner.fqdn),
  };
}

export const importsInto = (pair: PairFacts, destination: string): readonly ImportEvent[] =>
  pair.incidentLog
    .filter((event) => event.type === 'ResponseGroupsImported')
    .filter(({ data }) => data.destination === destination);

/** What a cmdlet is given for the file of an export: its path where that is known, else its name. */
export const fileArgument = ({ data }: ExportEvent): string =>
  pathOf(data) ?? `(the file of export ${data.exportId})`;
