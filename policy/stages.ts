/**
 * The stages of a pool and the only ways from one to the next.
 * `normal` is not a column of the document; the other five are.
 */
import type { EventType } from '../events/registry.js';

export const stages = [
  'normal',
  'outage',
  'failing-over',
  'failed-over',
  'failing-back',
  'failed-back',
] as const;
export type Stage = (typeof stages)[number];

export const documentedStages = [
  'outage',
  'failing-over',
  'failed-over',
  'failing-back',
  'failed-back',
] as const;
export type DocumentedStage = (typeof documentedStages)[number];

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
  | 'IncidentClosed'
>;

export interface StageChange {
  readonly command: string;
  readonly event: StageEventType;
  readonly from: readonly Stage[];
  /** `back` returns to the stage from which the failover began. */
  readonly to: Stage | 'back';
  /** Whether being in `to` already means that the command holds. A failure or an ending says nothing by itself. */
  readonly holdsInTarget: boolean;
}

export const stageChanges: readonly StageChange[] = [
  {
    command: 'declare-outage',
    event: 'OutageDeclared',
    from: ['normal', 'failed-back'],
    to: 'outage',
    holdsInTarget: true,
  },
  { command: 'end-outage', event: 'OutageEnded', from: ['outage'], to: 'normal', holdsInTarget: false },
  {
    command: 'initiate-failover',
    event: 'FailoverInitiated',
    from: ['outage', 'normal', 'failed-back'],
    to: 'failing-over',
    holdsInTarget: true,
  },
  {
    command: 'complete-failover',
    event: 'FailoverCompleted',
    from: ['failing-over'],
    to: 'failed-over',
    holdsInTarget: true,
  },
  {
    command: 'fail-failover',
    event: 'FailoverFailed',
    from: ['failing-over'],
    to: 'back',
    holdsInTarget: false,
  },
  {
    command: 'failback',
    event: 'FailbackInitiated',
    from: ['failed-over'],
    to: 'failing-back',
    holdsInTarget: true,
  },
  {
    command: 'complete-failback',
    event: 'FailbackCompleted',
    from: ['failing-back'],
    to: 'failed-back',
    holdsInTarget: true,
  },
  {
    command: 'fail-failback',
    event: 'FailbackFailed',
    from: ['failing-back'],
    to: 'failed-over',
    holdsInTarget: false,
  },
  {
    command: 'close-incident',
    event: 'IncidentClosed',
    from: ['failed-back'],
    to: 'normal',
    holdsInTarget: false,
  },
];

const byEvent = new Map<string, StageChange>(stageChanges.map((change) => [change.event, change]));
const byCommand = new Map<string, StageChange>(stageChanges.map((change) => [change.command, change]));

export const stageChangeOf = (eventType: string): StageChange | undefined => byEvent.get(eventType);

export function stageChangeBy(command: string): StageChange {
  const change = byCommand.get(command);
  if (change === undefined) throw new Error(`"${command}" is not a command that changes a stage.`);
  return change;
}

/** The commands that would be legal in a stage: what a refusal names instead. */
export const commandsLegalIn = (stage: Stage): readonly string[] =>
  stageChanges.filter((change) => change.from.includes(stage)).map((change) => change.command);

/** A pool that does not serve: its back end may live, its response group service does not. */
export const isDown = (stage: Stage): boolean =>
  stage === 'outage' || stage === 'failing-over' || stage === 'failed-over';

/** A command that reports that something went wrong: nobody aims at it. */
const reportsFailure = (change: StageChange): boolean =>
  change.event === 'FailoverFailed' || change.event === 'FailbackFailed';

/**
 * The fewest commands that lead from a stage to one that answers `opens`: what a refusal names instead.
 * Empty where the stage already does, or where none can be reached.
 */
export function commandsToward(stage: Stage, opens: (stage: Stage) => boolean): readonly string[] {
  const ways: { readonly at: Stage; readonly commands: readonly string[] }[] = [{ at: stage, commands: [] }];
  const seen = new Set<Stage>([stage]);
  for (const { at, commands } of ways) {
    if (opens(at)) return commands;
    for (const change of stageChanges) {
      if (
        change.to === 'back' ||
        !change.from.includes(at) ||
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
