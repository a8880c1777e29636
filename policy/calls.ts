/**
 * What a stage does to calls: the first three rows of the tables, with the readings.
 * `primary` is the pool that owns the call's response group, `backup` its partner.
 */
import { connectedCell, inProgressCell, newCallCell, onBehalfCell } from './experience/matrix.js';
import type { OnBehalfOutcome, Reachability } from './experience/types.js';
import { inferred, groundsOf, type Grounds } from './grounds.js';
import { callsOnLiveBackupSurvive, type ChosenReadings } from './readings.js';
import { carriedAsWritten, isCarriedToBackup, type Takeover } from './registrar-takeover.js';
import { isDown, traitsOf, type Stage } from './stages.js';

export type ServingPool = 'primary' | 'backup';

export interface OpenCallClass {
  readonly phase: 'in-progress' | 'connected';
  readonly anonymous: boolean;
  /** Whether the backup pool hosts a copy of the response group that is in service. */
  readonly imported: boolean;
  readonly servedBy: ServingPool;
}

export interface OpenCallOutcome extends Grounds {
  readonly outcome: 'goes-on' | 'disconnected';
}

export interface ArrivalOutcome extends Grounds {
  /** The pool that serves the call; null where it is cut off. */
  readonly servedBy: ServingPool | null;
}

export interface PlacementOutcome extends Grounds {
  readonly outcome: OnBehalfOutcome;
}

/** The outcome of an open call of this class when the owner enters `stage`. */
export function outcomeWhenStageBegins(
  stage: Stage,
  call: OpenCallClass,
  readings: ChosenReadings,
): OpenCallOutcome {
  const cell =
    call.phase === 'connected'
      ? connectedCell(stage, call.anonymous, call.imported)
      : inProgressCell(stage, call.imported);
  const stated = groundsOf(cell);
  switch (cell.outcome) {
    case 'remain-connected':
      // After failover the document keeps waiting and anonymous calls only where they have reached the backup pool.
      return traitsOf(stage).stoodInFor &&
        call.servedBy === 'primary' &&
        !(call.phase === 'connected' && !call.anonymous)
        ? { outcome: 'disconnected', ...inferred('none-can-exist') }
        : { outcome: 'goes-on', ...stated };
    case 'disconnected':
      return isDown(stage) ? cutOffByFailure(call, stated, readings) : cutOffByReturn(call, stated);
    case 'none-in-this-status':
      return isDown(stage) || call.servedBy === 'backup'
        ? { outcome: 'disconnected', ...orInferred(stated) }
        : { outcome: 'goes-on', ...inferred('carried-over') };
  }
}

/** A pool that takes the place of another serves: its partner keeps the calls that it has. Not documented. */
export const outcomeWhenReplacementServes: OpenCallOutcome = {
  outcome: 'goes-on',
  ...inferred('replaced-pool'),
};

/** Why nothing is on the backup pool any more: it is down, with the owner, or alone. */
export const whereBackupFailed = (ownerStage: Stage): 'both-pools-down' | 'backup-pool-down' =>
  isDown(ownerStage) ? 'both-pools-down' : 'backup-pool-down';

/** The outcome of a call that the backup pool carries when that pool fails as well, or alone. Not documented. */
export function outcomeWhenServingPoolFails(
  call: Pick<OpenCallClass, 'phase' | 'anonymous'>,
  ownerStage: Stage,
): OpenCallOutcome {
  const goesOn = call.phase === 'connected' && !call.anonymous;
  return { outcome: goesOn ? 'goes-on' : 'disconnected', ...inferred(whereBackupFailed(ownerStage)) };
}

/** The outcome of an open call when its owner enters `stage`, while the owner's partner is in `backupStage`. */
export const outcomeOfOpenCall = (
  stage: Stage,
  call: OpenCallClass,
  backupStage: Stage,
  readings: ChosenReadings,
): OpenCallOutcome =>
  call.servedBy === 'backup' && isDown(stage) && isDown(backupStage)
    ? outcomeWhenServingPoolFails(call, stage)
    : outcomeWhenStageBegins(stage, call, readings);

/** The outcome of a call that arrives while its owner is in `stage` and the owner's partner in `backupStage`. */
export function outcomeOnArrival(
  stage: Stage,
  imported: boolean,
  backupStage: Stage,
  takeover: Takeover = carriedAsWritten,
): ArrivalOutcome {
  const cell = newCallCell(stage, imported);
  const grounds = groundsOf(cell);
  if (cell.outcome.call === 'disconnected') return { servedBy: null, ...grounds };
  if (cell.outcome.to === 'backup' && isDown(backupStage))
    return { servedBy: null, ...inferred('both-pools-down') };
  if (cell.outcome.to === 'backup' && !isCarriedToBackup(stage, takeover))
    return { servedBy: null, ...inferred('registrar-takeover') };
  return { servedBy: cell.outcome.to, ...grounds };
}

/** The outcome of a call that an agent places on behalf of a response group. */
export function outcomeOnBehalf(stage: Stage, imported: boolean, backupStage: Stage): PlacementOutcome {
  const cell = onBehalfCell(stage, imported);
  // After failover the call would go out through the backup pool.
  if (cell.outcome === 'succeed' && isDown(stage) && isDown(backupStage)) {
    return { outcome: 'fail', ...inferred('both-pools-down') };
  }
  return { outcome: cell.outcome, ...groundsOf(cell) };
}

/**
 * Whether an agent can be reached, by the stage of the pool that the agent is homed in and that of its partner, if it has one.
 * The document states it for the failed pool's own groups; for groups of its partner it is inferred. It does not say what
 * holds where the partner that serves the agents is down as well.
 */
export function reachabilityOfAgent(
  homeStage: Stage,
  ownGroup: boolean,
  backupStage?: Stage,
): Grounds & { readonly reachability: Reachability } {
  const cell = newCallCell(homeStage, true);
  const reachability = cell.outcome.call === 'connected' ? cell.outcome.primaryHomedAgents : 'unreachable';
  const isServedByBackup = reachability === 'reachable' && isDown(homeStage);
  if (isServedByBackup && backupStage !== undefined && isDown(backupStage))
    return { reachability: 'unreachable', ...inferred('both-pools-down') };
  return { reachability, ...(ownGroup ? groundsOf(cell) : inferred('backup-owned-calls')) };
}

function cutOffByFailure(call: OpenCallClass, stated: Grounds, readings: ChosenReadings): OpenCallOutcome {
  return call.servedBy === 'backup' && callsOnLiveBackupSurvive(readings)
    ? { outcome: 'goes-on', ...inferred('calls-on-live-backup') }
    : { outcome: 'disconnected', ...stated };
}

function cutOffByReturn(call: OpenCallClass, stated: Grounds): OpenCallOutcome {
  return call.servedBy === 'backup'
    ? { outcome: 'disconnected', ...stated }
    : { outcome: 'goes-on', ...inferred('carried-over') };
}

const orInferred = (stated: Grounds): Grounds =>
  stated.basis === 'stated' ? stated : inferred('none-can-exist');
