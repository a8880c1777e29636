/** Whether agents can call on behalf of a response group, and what would let them. */
import { partnerOf, requirePool } from '../../facts/copies.js';
import { isGivenUp } from '../../facts/given-up.js';
import type { PairFacts, PoolFacts } from '../../facts/pair.js';
import { poolOnBehalf, isGone, isImported, outcomeOnBehalfIn } from '../../facts/response-group.js';
import { lackOf } from '../../facts/services.js';
import type { PlacementOutcome } from '../../policy/calls.js';
import { wordsOfLack } from '../../policy/services.js';
import { commandsToward, isDown, type Stage } from '../../policy/stages.js';
import { waysToward } from './pair/alone.js';
import { allowed, reasonsOf, refusedBy, type Ruling } from './rules.js';

/** By the row about calls on behalf, where being switched off is not the same as failing. */
export function onBehalfSucceeds(
  pair: PairFacts,
  group: { readonly owner: string; readonly id: string },
): Ruling {
  const owner = requirePool(pair, group.owner);
  const placementIn = (stage: Stage): PlacementOutcome => outcomeOnBehalfIn(stage, pair, owner, group.id);
  const placement = placementIn(owner.stage);
  const opens = (stage: Stage): boolean => placementIn(stage).outcome === 'succeed';
  const where = `while ${owner.fqdn} is in stage ${owner.stage}`;
  switch (placement.outcome) {
    case 'succeed':
      return allowed({ because: placement.because });
    case 'disabled':
      return refusedBy('on-behalf-disabled', `Calling on behalf of a response group is off ${where}.`, {
        because: reasonsOf(placement),
        allowed: waysToward(pair, owner, opens),
      });
    case 'fail': {
      const serving = poolOnBehalf(pair, owner, owner.stage);
      const lack = lackOf(serving);
      if (lack !== null && placement.inference === lack)
        return refusedBy(
          'on-behalf-fails',
          `A call on behalf of "${group.id}" fails while ${wordsOfLack(lack)} of ${serving.fqdn} is on record as stopped.`,
          { because: reasonsOf(placement), allowed: [`report-service ${serving.fqdn}`] },
        );
      return refusedBy('on-behalf-fails', `A call on behalf of "${group.id}" fails ${where}.`, {
        because: reasonsOf(placement),
        allowed: waysOnBehalf(pair, owner, group.id, opens),
      });
    }
  }
}

/** An import brings nothing back that its owner has removed, and none is possible into a pool that is down. */
function waysOnBehalf(
  pair: PairFacts,
  owner: PoolFacts,
  group: string,
  opens: (stage: Stage) => boolean,
): readonly string[] {
  if (isGivenUp(pair, owner)) return waysToward(pair, owner, opens);
  if (isImported(pair, owner.fqdn, group)) {
    const partner = partnerOf(pair, owner.fqdn);
    const ways = commandsToward(owner.stage, opens, owner);
    return ways.length > 0
      ? ways
      : commandsToward(partner.stage, (stage) => !isDown(stage), partner).map(
          (command) => `${command} ${partner.fqdn}`,
        );
  }
  return isGone(pair, owner.fqdn, group) ? ['create-object'] : ['import-response-groups'];
}
