/** The next steps for a pair at this moment, each with its exact PowerShell, and those that are done ticked off. */
import type { AgentFacts } from '../../facts/agent.js';
import { isPaired } from '../../facts/copies.js';
import { drillOf } from '../../facts/incident.js';
import type { PairFacts } from '../../facts/pair.js';
import type { Phase, StepText, Way } from '../../policy/runbook/step-text.js';
import { stepIds, steps, stepsByHand, type StepId } from '../../policy/runbook/steps.js';
import { sourcesOf, type Source, type SourceId } from '../../policy/sources.js';
import type { StatementId } from '../../policy/statements.js';
import { versions } from '../../policy/versions.js';
import { stages, traitsOf, type Stage } from '../../policy/stages.js';
import { pairMembershipOf, type PairMembership } from '../lifecycle/pair-membership.js';
import { completionOf, type Completion } from '../readiness/finding.js';
import { readinessContextOf, type Settings, type ReadinessContext } from '../readiness/readiness-context.js';
import { obstacleTo } from './blocked.js';
import { incidentProgressOf, type IncidentProgress } from './incident-progress.js';
import * as alone from './alone.js';
import * as cleanUp from './clean-up.js';
import * as failback from './failback.js';
import * as failover from './failover.js';
import * as homeward from './homeward.js';
import * as lost from './lost.js';
import * as prepare from './prepare.js';
import * as replacement from './replacement.js';
import { firstRecordOf, instructionsOf, linesOf, type Instruction } from './instructions.js';
import type { Recording } from './record.js';
import { serviceNotes } from './service-notes.js';
import { startServices } from './services.js';
import {
  checkReplication,
  checkReplicationHome,
  optionalWhereReplicated,
  unlessReplicatedAway,
  unlessReplicatedHome,
  whereFileBrings,
} from './replication.js';
import { tickedOff } from './ticks.js';
import type { Describe } from './step.js';

/**
 * `now`: to be done. `blocked`: it is its time, but a pool that it needs is down, as the note says. `available`: to be done
 * if the pool fails or is to be taken down. `passed`: its time is over, and nothing in the log says that it was done.
 */
export type StepState = 'done' | 'now' | 'blocked' | 'available' | 'later' | 'passed' | 'not-needed';

export interface RunbookStep {
  readonly id: StepId;
  readonly phase: Phase;
  readonly title: string;
  readonly state: StepState;
  readonly optional: boolean;
  /** Nothing that happens ticks it off: somebody does. */
  readonly byHand: boolean;
  readonly why: string;
  readonly precondition: string;
  readonly note: string | null;
  /** What it takes, in the order in which it is done. */
  readonly instructions: readonly Instruction[];
  readonly powershell: readonly string[];
  readonly verify: { readonly text: string; readonly powershell: readonly string[] };
  /** What can be recorded first. */
  readonly record: Recording | null;
  /** The events that completed the step; where it is not done, those of its finished parts. */
  readonly done: readonly Completion[];
  readonly because: readonly StatementId[];
  readonly sources: readonly SourceId[];
}

export interface RunbookView extends PairMembership {
  readonly fqdn: string;
  readonly partner: string;
  readonly stage: Stage;
  readonly partnerStage: Stage;
  readonly incident: string | null;
  /** The incident under way is a drill; absent where it is not. */
  readonly drill?: true;
  /** Null while there is no incident. */
  readonly way: Way | null;
  /** The first step to be done; null where nothing has to be, or all that has to be is blocked. */
  readonly next: StepId | null;
  readonly steps: readonly RunbookStep[];
  readonly sources: readonly Source[];
}

const describe: Readonly<Record<StepId, Describe>> = {
  'start-services': startServices,
  'export-pool': optionalWhereReplicated(prepare.exportPool, ({ pool }) => pool.fqdn),
  'export-partner': optionalWhereReplicated(prepare.exportPartner, ({ partner }) => partner.fqdn),
  'pre-stage': unlessReplicatedAway(prepare.preStage),
  'check-replication': checkReplication,
  'declare-outage': failover.declareOutage,
  'report-database': failover.reportDatabase,
  'rescue-export': failover.rescueExport,
  'import-to-backup': whereFileBrings(failover.importToBackup),
  'central-management': failover.centralManagement,
  'edge-next-hop': failover.edgeNextHop,
  'fail-over': failover.failOver,
  'complete-failover': failover.completeFailover,
  'sign-in-on-backup': failover.signInOnBackup,
  'test-on-backup': failover.testOnBackup,
  'choose-route': replacement.chooseRoute,
  'publish-replacement': replacement.publishReplacement,
  'replace-pool': replacement.replacePool,
  'rehome-users': replacement.rehomeUsers,
  'complete-replacement': replacement.completeReplacement,
  'fail-back': failback.failBack,
  'complete-failback': failback.completeFailback,
  'database-at-home': failback.databaseAtHome,
  'check-replication-home': checkReplicationHome,
  'export-homeward': unlessReplicatedHome(homeward.exportHomeward),
  'import-homeward': unlessReplicatedHome(homeward.importHomeward),
  'sign-in-at-home': failback.signInAtHome,
  'test-at-home': failback.testAtHome,
  'restore-settings': cleanUp.restoreSettings,
  'remove-lost-pool': replacement.removeLostPool,
  'remove-copies': unlessReplicatedHome(cleanUp.removeCopies),
  'close-incident': cleanUp.closeIncident,
  'move-users-away': lost.moveUsersAway,
  'leave-the-pair': lost.leaveThePair,
  'close-given-up': lost.closeGivenUp,
  'retire-pool': lost.retirePool,
  'pair-again': alone.pairAgain,
  'remove-strange-copies': alone.removeStrangeCopies,
};

/** Null where the pair has no such pool. */
export function runbookView(
  pair: PairFacts | null,
  fqdn: string,
  agents: ReadonlyMap<string, AgentFacts>,
  settings: Settings,
): RunbookView | null {
  const context = readinessContextOf(pair, fqdn, agents, settings);
  if (context === null) return null;
  const progress = incidentProgressOf(context);
  const all = stepIds
    .filter((id) => isOfWay(steps[id], progress.way) && isOfPair(steps[id], context.pair))
    .filter((id) => replacement.isOnRoute(id, context))
    .filter((id) => lost.isOfLostPool(id, context) ?? isOfPool(id, context))
    .map((id) => stepIn(context, progress, id, steps[id]));
  const { pool, partner } = context;
  return {
    fqdn,
    partner: partner.fqdn,
    stage: pool.stage,
    partnerStage: partner.stage,
    incident: pool.incident,
    ...drillOf(context.pair, pool),
    ...pairMembershipOf(context.pair, pool),
    way: progress.way,
    next: all.find(({ state, optional }) => state === 'now' && !optional)?.id ?? null,
    steps: all,
    sources: sourcesOf(all.flatMap(({ sources }) => sources)),
  };
}

const isOfPool = (id: StepId, { pair }: ReadinessContext): boolean =>
  isPaired(pair) ? id !== 'pair-again' : alone.takenAlone.has(id);

const isOfPair = ({ replication }: StepText, pair: PairFacts): boolean =>
  replication !== true || pair.replication?.enabled === true;

const isOfWay = ({ way }: StepText, taken: Way | null): boolean =>
  way === undefined || taken === null || way === taken;

function stepIn(
  context: ReadinessContext,
  progress: IncidentProgress,
  id: StepId,
  text: StepText,
): RunbookStep {
  const particulars = replacement.inPlace(
    context,
    id,
    tickedOff(context, id, describe[id](context, progress)),
  );
  const { done, needed, events, optional, verify, note } = particulars;
  const instructions = instructionsOf(text, particulars);
  const stage =
    context.pool.replaces !== undefined && replacement.isDueInPlace(id) ? 'failed-back' : context.pool.stage;
  const isToDo = needed && context.pool.retired === null && !lost.isIdle(id, context);
  const due = done ? 'done' : isToDo ? dueState(stage, text) : 'not-needed';
  const obstacle = due === 'now' || due === 'available' ? obstacleTo(id, context) : null;
  const isAhead = due === 'now' || due === 'available' || due === 'later';
  const { version } = context.pair;
  const warning = version === null || !isAhead ? undefined : versions[version.version].warnings[id];
  const stopped = isAhead && isToDo ? serviceNotes(id, context) : [];
  const notes = [obstacle, note, ...stopped, warning ?? null].filter((one) => one !== null);
  return {
    id,
    phase: text.phase,
    title: text.title,
    state: obstacle === null ? due : 'blocked',
    optional: optional || text.optional === true,
    byHand: stepsByHand.includes(id),
    why: text.why,
    precondition: text.precondition,
    note: notes.length === 0 ? null : notes.join(' '),
    instructions,
    powershell: linesOf(instructions),
    verify: { text: text.verify, powershell: verify },
    record: firstRecordOf(instructions),
    done: events.map(completionOf),
    because: [...(text.because ?? [])],
    sources: [...text.sources],
  };
}

function dueState(stage: Stage, { due, phase }: StepText): StepState {
  if (due.includes(stage)) {
    return !traitsOf(stage).incident && (phase === 'outage' || phase === 'failover') ? 'available' : 'now';
  }
  const at = stages.indexOf(stage);
  return due.some((one) => stages.indexOf(one) > at) ? 'later' : 'passed';
}
