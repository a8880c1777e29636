/** What calls of a response group meet at this moment: its copies beside the stages of its pair. */
import { fateOnArrival, onBehalfFate, type ArrivalFate, type ServingPool } from '../policy/calls.js';
import type { OnBehalfOutcome } from '../policy/experience/types.js';
import { inferred, type Judgement } from '../policy/judgement.js';
import { isDown } from '../policy/stages.js';
import { copyOf, importedCopyOf, partnerOf } from './copies.js';
import type { PairFacts, PoolFacts } from './pair.js';

export interface Arrival {
  readonly fate: ArrivalFate;
  /** Whether a copy in service is on the partner of the owner. */
  readonly imported: boolean;
  readonly anonymous: boolean;
}

export interface PlacementOnBehalf {
  readonly outcome: OnBehalfOutcome;
  readonly judgement: Judgement;
  readonly imported: boolean;
  readonly anonymous: boolean;
  readonly servedBy: ServingPool;
}

export const isImported = (pair: PairFacts, owner: string, responseGroup: string): boolean =>
  importedCopyOf(pair, owner, 'workflow', responseGroup) !== undefined;

/** What happens to a call that arrives now. */
export function arrivalAt(pair: PairFacts, owner: PoolFacts, responseGroup: string): Arrival {
  const imported = isImported(pair, owner.fqdn, responseGroup);
  const fate = fateNow(pair, owner, responseGroup, imported);
  return { fate, imported, anonymous: isAnonymous(pair, owner.fqdn, responseGroup, fate.servedBy) };
}

/** What a call on behalf of the response group meets now. While its owner is down it goes out through the partner. */
export function onBehalfNow(pair: PairFacts, owner: PoolFacts, responseGroup: string): PlacementOnBehalf {
  const imported = isImported(pair, owner.fqdn, responseGroup);
  const { outcome, ...judgement } = onBehalfFate(owner.stage, imported, partnerOf(pair, owner.fqdn).stage);
  const servedBy = isDown(owner.stage) ? 'backup' : 'primary';
  const anonymous = isAnonymous(pair, owner.fqdn, responseGroup, servedBy);
  return { outcome, judgement, imported, anonymous, servedBy };
}

function fateNow(pair: PairFacts, owner: PoolFacts, responseGroup: string, imported: boolean): ArrivalFate {
  const partner = partnerOf(pair, owner.fqdn);
  const fate = fateOnArrival(owner.stage, imported, partner.stage);
  if (fate.servedBy !== null || imported) return fate;
  const copy = copyOf(pair, partner.fqdn, 'workflow', responseGroup);
  const outOfService = copy !== undefined && copy.owner === owner.fqdn && copy.ownerRemoved;
  return outOfService && fateOnArrival(owner.stage, true, partner.stage).servedBy !== null
    ? { servedBy: null, ...inferred('removed-on-owner') }
    : fate;
}

/** As the copy says that serves the call; where the call reaches none, as the owner's does. */
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
