/** If this pool failed now, or never came back, what would be lost or go wrong; and afterwards, what is to come home. */
import type { AgentFacts } from '../../facts/agent.js';
import { writtenAtOf } from '../../facts/exports.js';
import { drillOf } from '../../facts/incident.js';
import type { PairFacts } from '../../facts/pair.js';
import type { FindingId, Severity } from '../../policy/readiness/findings.js';
import { severities } from '../../policy/readiness/findings.js';
import { sourcesOf, type Source } from '../../policy/sources.js';
import type { Question, Stage } from '../../policy/stages.js';
import { pairMembershipOf, type PairMembership } from '../lifecycle/pair-membership.js';
import { completionOf, type Finding, type Completion } from './finding.js';
import { ageOf } from './since-export.js';
import { readinessContextOf, type Settings, type ReadinessContext } from './readiness-context.js';
import { rulesFor } from './rules.js';

/** `ready`: nothing worse than information. */
export type Verdict = 'ready' | 'warnings' | 'critical';

export interface ReadinessView extends PairMembership {
  readonly fqdn: string;
  readonly partner: string;
  readonly stage: Stage;
  readonly partnerStage: Stage;
  readonly incident: string | null;
  /** The incident under way is a drill; absent where it is not. */
  readonly drill?: true;
  readonly question: Question;
  readonly verdict: Verdict;
  readonly counts: Readonly<Record<Severity, number>>;
  /** The loss meter: how many objects and sets of settings are at stake, by what was found of them. */
  readonly atStake: { readonly total: number; readonly by: Readonly<Partial<Record<FindingId, number>>> };
  readonly lastExport: LastExport | null;
  readonly exportAgeTargetHours: number;
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** The documents that the findings name. */
  readonly sources: readonly Source[];
}

export interface LastExport extends Completion {
  readonly exportId: string;
  readonly fileName: string | null;
  /** Null where the file was given by its name alone. */
  readonly filePath: string | null;
  /** SHA-256, in hex; null where the file was not read. */
  readonly contentHash: string | null;
  /** RFC 3339, UTC; null where nothing says when it was written. */
  readonly writtenAt: string | null;
  /** Whole minutes. */
  readonly ageMinutes: number;
}

/** Null where the pair has no such pool. */
export function readinessView(
  pair: PairFacts | null,
  fqdn: string,
  agents: ReadonlyMap<string, AgentFacts>,
  settings: Settings,
): ReadinessView | null {
  const context = readinessContextOf(pair, fqdn, agents, settings);
  if (context === null) return null;
  const { pool, partner, question, exportAgeTargetHours } = context;
  const all = rulesFor(context).flatMap((rule) => rule(context));
  const findings = severities.flatMap((severity) => all.filter((one) => one.severity === severity));
  const count = (severity: Severity): number => findings.filter((one) => one.severity === severity).length;
  const counts = { critical: count('critical'), warning: count('warning'), info: count('info') };
  const staked = findings.filter(({ atStake }) => atStake > 0);
  return {
    fqdn,
    partner: partner.fqdn,
    stage: pool.stage,
    partnerStage: partner.stage,
    incident: pool.incident,
    ...drillOf(context.pair, pool),
    ...pairMembershipOf(context.pair, pool),
    question,
    verdict: counts.critical > 0 ? 'critical' : counts.warning > 0 ? 'warnings' : 'ready',
    counts,
    atStake: {
      total: staked.reduce((sum, { atStake }) => sum + atStake, 0),
      by: Object.fromEntries(staked.map(({ id, atStake }) => [id, atStake])),
    },
    lastExport: lastExportIn(context),
    exportAgeTargetHours,
    findings,
    sources: sourcesOf(findings.flatMap(({ sources }) => sources)),
  };
}

function lastExportIn(context: ReadinessContext): LastExport | null {
  const { lastExport } = context;
  const age = ageOf(context);
  if (lastExport === null || age === null) return null;
  const { exportId, fileName, filePath = null, file } = lastExport.data;
  return {
    exportId,
    fileName,
    filePath,
    contentHash: file?.contentHash ?? null,
    writtenAt: writtenAtOf(lastExport),
    ageMinutes: Math.floor(age / 60_000),
    ...completionOf(lastExport),
  };
}
