/** The present outcome of calls to or on behalf of a response group, by its copies and the stages of its pair. */
import {
  outcomeOnArrival,
  outcomeOnBehalf,
  type ArrivalOutcome,
  type PlacementOutcome,
  type ServingPool,
} from '../policy/calls.js';
import type { OnBehalfOutcome } from '../policy/experience/types.js';
import { asInferredOf, inferred, restingOn, type Grounds, type StandInBy } from '../policy/grounds.js';
import type { Takeover } from '../policy/registrar-takeover.js';
import { isDown, type Stage } from '../policy/stages.js';
import { copyOf, importedCopyOf, isPaired, partnerOf, servesInPlace, standsInBy } from './copies.js';
import type { PairFacts, PoolFacts } from './pair.js';
import { carriesCalls } from '../policy/services.js';
import { lackOf } from './services.js';

export interface ArrivingCall {
  readonly outcome: ArrivalOutcome;
  /** Whether the owner's partner has a copy in service. */
  readonly imported: boolean;
  readonly anonymous: boolean;
}

export interface PlacementOnBehalf {
  readonly outcome: OnBehalfOutcome;
  readonly grounds: Grounds;
  readonly imported: boolean;
  readonly anonymous: boolean;
  readonly servedBy: ServingPool;
}

export const isImported = (pair: PairFacts, owner: string, responseGroup: string): boolean =>
  importedCopyOf(pair, owner, 'workflow', responseGroup) !== undefined;

/** What brought the copy that stands in for the response group; an import where there is none. */
export const standInOf = (pair: PairFacts, owner: string, responseGroup: string): StandInBy =>
  standsInBy(pair, importedCopyOf(pair, owner, 'workflow', responseGroup));

/** Of all response groups of a pool that a copy stands in for: what the document says least of. */
export function weakestStandIn(pair: PairFacts, owner: string): StandInBy {
  const partner = partnerOf(pair, owner).fqdn;
  const found = new Set(
    [...pair.copies.values()]
      .filter((copy) => copy.kind === 'workflow' && copy.parent === partner && copy.owner === owner)
      .map(({ id }) => standInOf(pair, owner, id)),
  );
  return (['replica-shown', 'replicated-copy'] as const).find((by) => found.has(by)) ?? 'import';
}

/** When the pool went down, as reported. An outage goes on after a failover that failed: its stage begins again. */
export const downSince = (pair: PairFacts, { incident, stage, since }: PoolFacts): string =>
  (isDown(stage) ? pair.incidents.find(({ id }) => id === incident)?.startedAt : undefined) ?? since;

/** @param at RFC 3339: when the call arrives */
const takeoverAt = (pair: PairFacts, owner: PoolFacts, at: string): Takeover => ({
  readings: pair.readings,
  secondsDown: (Date.parse(at) - Date.parse(downSince(pair, owner))) / 1000,
});

/**
 * The outcome of a call that arrives as things stand.
 * @param at RFC 3339: when it arrives
 */
export function arrivalNow(
  pair: PairFacts,
  owner: PoolFacts,
  responseGroup: string,
  at: string,
): ArrivingCall {
  const imported = isImported(pair, owner.fqdn, responseGroup);
  const outcome = asServed(
    pair,
    owner,
    asInferredOf(
      outcomeNow(pair, owner, responseGroup, imported, takeoverAt(pair, owner, at)),
      servesInPlace(owner),
    ),
  );
  return { outcome, imported, anonymous: isAnonymous(pair, owner.fqdn, responseGroup, outcome.servedBy) };
}

/** The same once it is known whether the pool that would serve the call has the services for it. */
export function asServed(pair: PairFacts, owner: PoolFacts, outcome: ArrivalOutcome): ArrivalOutcome {
  if (outcome.servedBy === null) return outcome;
  const serving = outcome.servedBy === 'primary' ? owner : partnerOf(pair, owner.fqdn);
  const lack = lackOf(serving);
  if (lack === null) return outcome;
  return carriesCalls(lack)
    ? { ...outcome, basis: 'inferred', inference: lack }
    : { servedBy: null, ...inferred(lack) };
}

/** The same of a call on behalf: whether the pool that it goes out through has the services for it, if the owner were in this stage. */
export function asPlaced(
  pair: PairFacts,
  owner: PoolFacts,
  stage: Stage,
  placement: PlacementOutcome,
): PlacementOutcome {
  const lack = placement.outcome === 'succeed' ? lackOf(poolOnBehalf(pair, owner, stage)) : null;
  if (lack === null) return placement;
  return carriesCalls(lack)
    ? { ...placement, basis: 'inferred', inference: lack }
    : { outcome: 'fail', ...inferred(lack) };
}

/** The pool that a call on behalf goes out through: the partner while the owner is down. */
export const poolOnBehalf = (pair: PairFacts, owner: PoolFacts, stage: Stage): PoolFacts =>
  isDown(stage) ? partnerOf(pair, owner.fqdn) : owner;

/** The outcome of a call on behalf of the response group now. It goes out through the partner while the owner is down. */
export function placementNow(pair: PairFacts, owner: PoolFacts, responseGroup: string): PlacementOnBehalf {
  const imported = isImported(pair, owner.fqdn, responseGroup);
  const { outcome, ...grounds } = outcomeOnBehalfIn(owner.stage, pair, owner, responseGroup);
  const servedBy = isDown(owner.stage) ? 'backup' : 'primary';
  const anonymous = isAnonymous(pair, owner.fqdn, responseGroup, servedBy);
  return { outcome, grounds, imported, anonymous, servedBy };
}

/** The outcome of a call on behalf of the response group if its owner were in this stage. */
export function outcomeOnBehalfIn(
  stage: Stage,
  pair: PairFacts,
  owner: PoolFacts,
  responseGroup: string,
): PlacementOutcome {
  const imported = isImported(pair, owner.fqdn, responseGroup);
  const partnerStage = partnerOf(pair, owner.fqdn).stage;
  const placement = asInferredOf(
    restingOn(
      standInOf(pair, owner.fqdn, responseGroup),
      outcomeOnBehalf(stage, imported, partnerStage),
      () => outcomeOnBehalf(stage, false, partnerStage),
    ),
    servesInPlace({ ...owner, stage }),
  );
  return placement.outcome === 'succeed' && isGone(pair, owner.fqdn, responseGroup)
    ? { outcome: 'fail', ...inferred('removed-on-owner') }
    : asPlaced(pair, owner, stage, placement);
}

function outcomeNow(
  pair: PairFacts,
  owner: PoolFacts,
  responseGroup: string,
  imported: boolean,
  takeover: Takeover,
): ArrivalOutcome {
  const partner = partnerOf(pair, owner.fqdn);
  const outcome = restingOn(
    standInOf(pair, owner.fqdn, responseGroup),
    outcomeOnArrival(owner.stage, imported, partner.stage, takeover),
    () => outcomeOnArrival(owner.stage, false, partner.stage),
  );
  if (imported || !hasDeadCopy(pair, owner.fqdn, responseGroup)) return outcome;
  const cutOffByRemoval =
    outcome.servedBy === null
      ? outcomeOnArrival(owner.stage, true, partner.stage, takeover).servedBy !== null
      : isGone(pair, owner.fqdn, responseGroup);
  return cutOffByRemoval ? { servedBy: null, ...inferred('removed-on-owner') } : outcome;
}

/** Whether the partner has a copy that takes no calls because the owner removed its own. */
function hasDeadCopy(pair: PairFacts, owner: string, responseGroup: string): boolean {
  const copy = copyOf(pair, partnerOf(pair, owner).fqdn, 'workflow', responseGroup);
  return isPaired(pair) && copy !== undefined && copy.owner === owner && copy.ownerRemoved;
}

/** Whether a dead copy is all that is left of the group, so that no pool serves it in any stage. */
export const isGone = (pair: PairFacts, owner: string, responseGroup: string): boolean =>
  copyOf(pair, owner, 'workflow', responseGroup) === undefined && hasDeadCopy(pair, owner, responseGroup);

/** A property of the copy that serves the call; of the owner's copy where none serves it. */
function isAnonymous(
  pair: PairFacts,
  owner: string,
  responseGroup: string,
  servedBy: ServingPool | null,
): boolean {
  const own = copyOf(pair, owner, 'workflow', responseGroup);
  const there = copyOf(pair, partnerOf(pair, owner).fqdn, 'workflow', responseGroup);
  const serving = servedBy === 'backup' ? (there ?? own) : (own ?? there);
  return serving?.properties['anonymous'] === true;
}
