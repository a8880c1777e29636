/** Decides unpair: two pools back each other up no longer, and each goes on in no pair. */
import { isOfPartner, partnerOf } from '../../facts/copies.js';
import type { Copy, PairFacts, PoolFacts } from '../../facts/pair.js';
import { givenUpIn } from '../../facts/given-up.js';
import { commandsToward, traitsOf } from '../../policy/stages.js';
import { few } from '../../policy/texts/few.js';
import type { PairingCommands } from './commands.js';
import { accepted, alreadyHolds, type Decision, type Warning } from './decision.js';
import { byServices } from './pair/by-services.js';
import { labelOf } from './pair/hosted.js';
import { atReportedTime, unreported, type Reported } from './reported-time.js';
import { allowed, evaluate, refusedBy, warn, type Ruling } from './rules.js';

/** Decides for the stream of the pair: PairEnded. */
export function decideUnpair(
  pair: PairFacts,
  command: PairingCommands['unpair'],
  reported: Reported = unreported,
): Decision {
  return atReportedTime(decide(pair, command), { name: 'unpair', body: command }, reported, {
    pair,
    pool: null,
  });
}

function decide(pair: PairFacts, { reason }: PairingCommands['unpair']): Decision {
  const { ended, pairId } = pair;
  if (ended !== null) {
    const what = `The end of the pair of ${namesOf(pair).join(' and ')}`;
    return alreadyHolds(pairId, { what, at: ended.occurredAt, reason: ended.reason });
  }
  const ruling = evaluate(
    () => unpairedOutsideIncidents(pair),
    () => byServices(pair, { does: 'the topology without the pair', centralManagement: true }),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const givenUp = givenUpIn(pair);
  const data = {
    pairId,
    pools: namesOf(pair),
    ...(givenUp === null ? {} : { givenUp: givenUp.fqdn }),
    ...(reason === undefined ? {} : { reason }),
  };
  return accepted([{ type: 'PairEnded', data }], {
    subject: pairId,
    warnings: [
      ...ruling.warnings,
      ...warnOfCopiesThatStay(pair),
      ...(givenUp === null ? [] : warnOfGivingUp(givenUp)),
    ],
  });
}

/** An incident ends first: what stands in for a pool would otherwise end in its middle. */
export function unpairedOutsideIncidents(pair: PairFacts): Ruling {
  const givenUp = givenUpIn(pair);
  const under = pair.pools.find((pool) => pool !== givenUp && traitsOf(pool.stage).incident);
  if (under === undefined) return allowed();
  const ways = commandsToward(under.stage, (stage) => !traitsOf(stage).incident, under);
  const { stoodInFor } = traitsOf(under.stage);
  return refusedBy(
    'unpaired-outside-incidents',
    `Pool ${under.fqdn} is in stage ${under.stage}. Its incident has to end first; if it does not come back, what it owns is moved to ${partnerOf(pair, under.fqdn).fqdn} first (import with overwriteOwner), which gives it up${stoodInFor ? ', or a new pool takes its place' : ''}.`,
    {
      allowed: [...ways, ...(stoodInFor ? ['replace-pool'] : [])].map(
        (command) => `${command} ${under.fqdn}`,
      ),
    },
  );
}

export const warnOfGivingUp = ({ fqdn, incident }: PoolFacts): readonly Warning[] =>
  warn(
    'pool-given-up',
    `${fqdn} failed and owns nothing any more: it counts as given up, and never fails back. ${incident === null ? '' : `Its incident ${incident} ends with close-incident; `}retire-pool ends its record.`,
  );

function warnOfCopiesThatStay(pair: PairFacts): readonly Warning[] {
  const staying = [...pair.copies.values()].filter((copy) => isOfPartner(pair, copy));
  if (staying.length === 0) return [];
  return warn(
    'copies-stay',
    `These copies stay where they are, take no calls and stand in for nothing: ${few(staying, { word: placed })}. An export with owner and removeExported removes them.`,
  );
}

const placed = (copy: Copy): string => `${labelOf(copy)} on ${copy.parent}`;

const namesOf = ({ pools: [first, second] }: PairFacts): readonly [string, string] => [
  first.fqdn,
  second.fqdn,
];
