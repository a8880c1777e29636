/**
 * The stages of a pool, what is true of it in each, and the only ways from one to the next. A row of the table is
 * all that a stage is, besides its column of the document (`experience/tables.ts`) and the steps that are due in it.
 */
import type { EventType } from '../events/registry.js';
import type { BackEndDatabaseState } from '../events/vocabulary.js';

/** What readiness asks: before, during and after the pool is down. */
export type Question = 'if-it-failed-now' | 'if-it-never-came-back' | 'what-is-to-come-home';

export interface StageTraits {
  /** Whether an incident is under way. The document has a column for just these stages. */
  readonly incident: boolean;
  /** The pool does not serve: its back end may live, its response group service does not. */
  readonly down: boolean;
  /** The pool serves its own calls with its own agents: no copy on its partner is in use. */
  readonly serves: boolean;
  /** The pool went down unplanned, and its failover has not begun. */
  readonly awaitsFailover: boolean;
  /** Its partner stands in for it: calls that have not reached the partner are lost. */
  readonly stoodInFor: boolean;
  /** Where its agents of formal groups have to sign in again: to imported copies, or to its own groups. */
  readonly signInAgain: 'imported' | 'own' | null;
  readonly question: Question;
}

// prettier-ignore
const stageTable = {
  normal:         { incident: false, down: false, serves: true,  awaitsFailover: false, stoodInFor: false, signInAgain: null,       question: 'if-it-failed-now' },
  outage:         { incident: true,  down: true,  serves: false, awaitsFailover: true,  stoodInFor: false, signInAgain: null,       question: 'if-it-never-came-back' },
  'failing-over': { incident: true,  down: true,  serves: false, awaitsFailover: false, stoodInFor: false, signInAgain: null,       question: 'if-it-never-came-back' },
  'failed-over':  { incident: true,  down: true,  serves: false, awaitsFailover: false, stoodInFor: true,  signInAgain: 'imported', question: 'if-it-never-came-back' },
  'failing-back': { incident: true,  down: false, serves: false, awaitsFailover: false, stoodInFor: false, signInAgain: null,       question: 'what-is-to-come-home' },
  'failed-back':  { incident: true,  down: false, serves: true,  awaitsFailover: false, stoodInFor: false, signInAgain: 'own',      question: 'what-is-to-come-home' },
} as const satisfies Readonly<Record<string, StageTraits>>;

type StageTable = typeof stageTable;
export type Stage = keyof StageTable;
export type DocumentedStage = { [S in Stage]: StageTable[S]['incident'] extends true ? S : never }[Stage];

/** In the order in which a pool goes through them. */
export const stages = Object.keys(stageTable) as readonly Stage[];

export const traitsOf = (stage: Stage): StageTraits => stageTable[stage];
export const isDown = (stage: Stage): boolean => stageTable[stage].down;
export const serves = (stage: Stage): boolean => stageTable[stage].serves;

/** An export reads the database: it needs the pool, or at least its back end. */
export const canBeExported = (pool: {
  readonly stage: Stage;
  readonly backEndDatabase: BackEndDatabaseState;
}): boolean => !isDown(pool.stage) || pool.backEndDatabase === 'available';

/** Whether an incident is under way in this stage, so that the document has a column for it. */
export const isDocumented = (stage: Stage): stage is DocumentedStage => stageTable[stage].incident;
export const documentedStages: readonly DocumentedStage[] = stages.filter(isDocumented);

export type StageEventType = Extract<
  EventType,
  | 'OutageDeclared'
  | 'OutageEnded'
  | 'FailoverInitiated'
  | 'FailoverCompleted'
  | 'FailoverFailed'
  | 'FailbackInitiated'
  | 'FailbackCompleted'
  | 'FailbackFailed'
  | 'ReplacementCompleted'
  | 'IncidentClosed'
>;

export interface StageChange {
  readonly command: string;
  readonly event: StageEventType;
  readonly from: readonly Stage[];
  /** `back` returns to the stage from which the failover began. */
  readonly to: Stage | 'back';
  /** Whether the command already holds for a pool in stage `to`. A failure or an ending does not: it has to be reported. */
  readonly holdsInTarget: boolean;
  /** Of which pools: those that take the place of another in this incident, or all others; of every pool where absent. */
  readonly of?: 'replacements' | 'others';
}

/** A pool as far as the ways that are open to it depend on more than its stage. */
export interface Replacing {
  /** Present while it takes the place of a pool that is lost. */
  readonly replaces?: object;
}

type Leads = (
  command: string,
  event: StageEventType,
  from: readonly Stage[],
  to: Stage | 'back',
) => StageChange;
/** A command that already holds for a pool in its target stage. */
const enters: Leads = (command, event, from, to) => ({ command, event, from, to, holdsInTarget: true });
/** The report of a failure or an ending, which may lead to a stage that the pool was in before. */
const ends: Leads = (command, event, from, to) => ({ command, event, from, to, holdsInTarget: false });

export const stageChanges: readonly StageChange[] = [
  enters('declare-outage', 'OutageDeclared', ['normal', 'failed-back'], 'outage'),
  ends('end-outage', 'OutageEnded', ['outage'], 'normal'),
  enters('initiate-failover', 'FailoverInitiated', ['outage', 'normal', 'failed-back'], 'failing-over'),
  enters('complete-failover', 'FailoverCompleted', ['failing-over'], 'failed-over'),
  ends('fail-failover', 'FailoverFailed', ['failing-over'], 'back'),
  { ...enters('failback', 'FailbackInitiated', ['failed-over'], 'failing-back'), of: 'others' },
  enters('complete-failback', 'FailbackCompleted', ['failing-back'], 'failed-back'),
  ends('fail-failback', 'FailbackFailed', ['failing-back'], 'failed-over'),
  {
    ...ends('complete-replacement', 'ReplacementCompleted', ['failed-over'], 'failed-back'),
    of: 'replacements',
  },
  ends('close-incident', 'IncidentClosed', ['failed-back'], 'normal'),
];

const byEvent = new Map<string, StageChange>(stageChanges.map((change) => [change.event, change]));
const byCommand = new Map<string, StageChange>(stageChanges.map((change) => [change.command, change]));

export const stageChangeOf = (eventType: string): StageChange | undefined => byEvent.get(eventType);

export function stageChangeBy(command: string): StageChange {
  const change = byCommand.get(command);
  if (change === undefined) throw new Error(`"${command}" is not a command that changes a stage.`);
  return change;
}

/** Whether a change is one of pools such as this. */
export const isOpenTo = ({ of }: StageChange, { replaces }: Replacing): boolean =>
  of === undefined || (of === 'replacements') === (replaces !== undefined);

/** The commands that are legal in a stage, for a pool as it stands: a refusal names them. */
export const commandsLegalIn = (stage: Stage, pool: Replacing): readonly string[] =>
  stageChanges
    .filter((change) => change.from.includes(stage) && isOpenTo(change, pool))
    .map((change) => change.command);

/** Whether a command reports a failure, which nobody intends. */
const reportsFailure = (change: StageChange): boolean =>
  change.event === 'FailoverFailed' || change.event === 'FailbackFailed';

/**
 * The shortest series of commands from a stage to one for which `opens` holds: a refusal names them.
 * Empty if it holds already, or for no stage that can be reached.
 */
export function commandsToward(
  stage: Stage,
  opens: (stage: Stage) => boolean,
  pool: Replacing,
): readonly string[] {
  const ways: { readonly at: Stage; readonly commands: readonly string[] }[] = [{ at: stage, commands: [] }];
  const seen = new Set<Stage>([stage]);
  for (const { at, commands } of ways) {
    if (opens(at)) return commands;
    for (const change of stageChanges) {
      if (
        change.to === 'back' ||
        !change.from.includes(at) ||
        !isOpenTo(change, pool) ||
        reportsFailure(change) ||
        seen.has(change.to)
      ) {
        continue;
      }
      seen.add(change.to);
      ways.push({ at: change.to, commands: [...commands, change.command] });
    }
  }
  return [];
}
