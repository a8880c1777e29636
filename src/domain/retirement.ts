/** Decides retire-pool: a pool serves no more, and its history stays. */
import { isHere, isPaired, partnerOf, requirePool } from '../../facts/copies.js';
import { printedExport } from '../../facts/exports.js';
import { isGivenUp, isLostAlone } from '../../facts/given-up.js';
import { lostWith } from '../../facts/lost-with.js';
import type { PairFacts } from '../../facts/pair.js';
import { commandsToward, isDown, traitsOf } from '../../policy/stages.js';
import { few } from '../../policy/texts/few.js';
import type { PairingCommands } from './commands.js';
import { accepted, alreadyHolds, type Decision, type Warning } from './decision.js';
import { goingByServices } from './pair/by-services.js';
import { labelOf } from './pair/hosted.js';
import { servesHere } from './pair/decide.js';
import { atReportedTime, unreported, type Reported } from './reported-time.js';
import { allowed, evaluate, refusedBy, warn, type Ruling } from './rules.js';

/** Whoever still needs a pool. */
export interface Needing {
  /** The addresses of those that are homed in it. */
  readonly agents: readonly string[];
  /** The ids of the calls of its response groups that are open, in whichever pair it was when they arrived. */
  readonly calls: readonly string[];
}

/** Decides for the stream of the pair: PoolRetired. */
export function decideRetirement(
  pair: PairFacts,
  command: PairingCommands['retire-pool'],
  needing: Needing,
  reported: Reported = unreported,
): Decision {
  return atReportedTime(decide(pair, command, needing), { name: 'retire-pool', body: command }, reported, {
    pair,
    pool: null,
  });
}

function decide(
  pair: PairFacts,
  { pool: fqdn, reason }: PairingCommands['retire-pool'],
  needing: Needing,
): Decision {
  const { retired } = requirePool(pair, fqdn);
  if (retired !== null) {
    const { occurredAt: at, reason: recorded } = retired;
    return alreadyHolds(pair.pairId, { what: `The end of ${fqdn}`, at, reason: recorded });
  }
  const ruling = evaluate(
    () => stillHere(pair, fqdn),
    () => poolNotInUse(pair, fqdn, needing),
    () => goingByServices(pair, requirePool(pair, fqdn), 'the topology without it'),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const data = { pool: fqdn, ...(reason === undefined ? {} : { reason }) };
  return accepted([{ type: 'PoolRetired', data }], { subject: pair.pairId, warnings: ruling.warnings });
}

const stillHere = (pair: PairFacts, fqdn: string): Ruling =>
  isHere(pair, fqdn)
    ? allowed()
    : servesHere(pair, requirePool(pair, fqdn), { name: 'end-outage', body: { pool: fqdn } });

export function poolNotInUse(pair: PairFacts, fqdn: string, { agents, calls }: Needing): Ruling {
  const pool = requirePool(pair, fqdn);
  if (isPaired(pair)) {
    return refusedBy(
      'pool-in-use',
      `Pool ${fqdn} and ${partnerOf(pair, fqdn).fqdn} back each other up: that has to end first.`,
      { allowed: [`unpair ${fqdn}`] },
    );
  }
  const givenUp = isGivenUp(pair, pool);
  const lost = isLostAlone(pair, pool);
  if (traitsOf(pool.stage).incident && !givenUp && !lost) {
    const ways = commandsToward(pool.stage, (stage) => !traitsOf(stage).incident, pool);
    return refusedBy(
      'pool-in-use',
      `Pool ${fqdn} is in stage ${pool.stage}: its incident has to end first.`,
      {
        allowed: ways.map((command) => `${command} ${fqdn}`),
      },
    );
  }
  const owned = [...pair.copies.values()].filter(({ owner }) => owner === fqdn);
  const own = givenUp || lost ? [] : owned.filter(({ parent }) => parent === fqdn);
  if (own.length > 0) {
    return refusedBy(
      'pool-in-use',
      `Pool ${fqdn} still has ${few(own, { word: labelOf })}. They are moved to another pool, or removed: an export with removeExported does that, and keeps them in its file.`,
      { allowed: [`record-export ${fqdn} removeExported`] },
    );
  }
  if (agents.length > 0) {
    return refusedBy(
      'pool-in-use',
      `${agents.length === 1 ? 'One agent is' : `${agents.length} agents are`} homed in ${fqdn}: ${few(agents, { word: (agent) => agent })}. They need another home pool${isDown(pool.stage) ? ', and are moved there with force' : ''}.`,
      {
        allowed: agents
          .slice(0, 3)
          .map((agent) => `move-agent ${agent}${isDown(pool.stage) ? ' force' : ''}`),
      },
    );
  }
  if (calls.length > 0) {
    return refusedBy(
      'pool-in-use',
      `Calls of the response groups of ${fqdn} are open: ${few(calls, { word: (call) => call })}. Their ends are reported first, as nothing is reported of the pool afterwards.`,
      { allowed: calls.slice(0, 3).map((call) => `report-call-ended ${call}`) },
    );
  }
  const left = owned.filter(({ parent }) => parent !== fqdn);
  return allowed({
    warnings: [
      ...(lost ? warnOfLosses(pair, fqdn) : []),
      ...(left.length === 0
        ? []
        : warn(
            'copies-stay',
            `Copies of its objects stay on ${partnerOf(pair, fqdn).fqdn}, where they take no calls: ${few(left, { word: labelOf })}.`,
          )),
    ],
  });
}

/** It never comes back: what nobody else owns goes with it. */
function warnOfLosses(pair: PairFacts, fqdn: string): readonly Warning[] {
  const { objects, onPartner, inFile, file, nowhere } = lostWith(pair, fqdn);
  const partner = partnerOf(pair, fqdn).fqdn;
  const settings = `The application settings of ${fqdn} go with it.`;
  if (objects.length === 0) return warn('lost-with-the-pool', settings);
  const parts = [
    ...(nowhere.length === 0 ? [] : [`nothing else is left of ${few(nowhere, { word: labelOf })}`]),
    ...(file === null
      ? []
      : [
          `${printedExport(file)} is the last file that has any of ${few(inFile, { word: labelOf })}: imported into another pool with overwriteOwner they are there again`,
        ]),
    ...(onPartner.length === 0
      ? []
      : [
          `${partner} has a copy, which takes no calls, of ${few(onPartner, { word: labelOf })}: an export from there with its owner, imported with overwriteOwner, makes it the owner`,
        ]),
  ];
  return warn(
    'lost-with-the-pool',
    `${objects.length === 1 ? 'One object goes' : `${objects.length} objects go`} with ${fqdn}: ${parts.join('; ')}. ${settings}`,
  );
}
