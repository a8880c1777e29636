/** Decides the commands that change the stage of a pool. The transitions are data in `policy/stages`. */
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { isPaired, partnerOf, requirePool } from '../../../facts/copies.js';
import { inPlaceSince } from '../../../facts/former-names.js';
import { givingUpOf, isGivenUp } from '../../../facts/given-up.js';
import { disasterModeFor } from '../../../facts/services.js';
import { incidentOf } from '../../../facts/incident.js';
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import { reasonGiven } from '../../../facts/reason-given.js';
import { isDown, stageChangeBy, traitsOf, type StageChange } from '../../../policy/stages.js';
import type { CommandOf, PairCommands } from '../commands.js';
import { accepted, alreadyHolds, type Decision, type Held } from '../decision.js';
import { failbackByServices } from './by-services.js';
import { warnOfOtherRoute, warnOfStoppedServices } from './route-warnings.js';
import { replacementHostsItsGroups, routeOfThePool } from './replacement.js';
import { warnOfGroupsLeft, warnOfSettingsLeft } from './serving-warnings.js';
import { failoverByTheFacts, standInByTheFacts } from './failover-warnings.js';
import { sameAsRecorded, sameDisasterMode } from './recorded-otherwise.js';
import { endGivenUp, inAPair } from './alone.js';
import { backupPoolMustBeUp, legalFor, needsPartner } from './legal.js';
import { allowed, evaluate, refusedBy, warn, type Ruling } from '../rules.js';

export type LifecycleCommand = CommandOf<
  PairCommands,
  | 'declare-outage'
  | 'end-outage'
  | 'initiate-failover'
  | 'complete-failover'
  | 'fail-failover'
  | 'failback'
  | 'complete-failback'
  | 'fail-failback'
  | 'complete-replacement'
  | 'close-incident'
>;

/** From these on the partner carries what the pool cannot. */
const relyOnTheStandIn: ReadonlySet<string> = new Set<LifecycleCommand['name']>([
  'declare-outage',
  'initiate-failover',
  'complete-failover',
]);

/** What was reported of the services of a pool before is over with these. */
const serveAgain: ReadonlySet<string> = new Set(['end-outage', 'failback', 'complete-replacement']);

/** @param happenedAt the time that came with the command; null where none did */
export function decideStageChange(
  pair: PairFacts,
  command: LifecycleCommand,
  happenedAt: string | null,
): Decision {
  const pool = requirePool(pair, command.body.pool);
  if (command.name === 'close-incident' && isGivenUp(pair, pool))
    return endGivenUp(pool, command.body.reason);
  const change = stageChangeBy(command.name);
  const kind = drillFromTheFirst(pair, pool, command);
  if (kind.outcome !== 'allowed') return kind;
  if (stageHolds(pool, change)) return repeated(pair, pool, command, change, happenedAt);
  const ruling = evaluate(
    () => (givingUpOf(pair, pool) === 'over' ? inAPair(pair, pool) : allowed()),
    () => routeOfThePool(pair, pool, change),
    () => stageChange(pair, pool, change),
    () => (needsPartner(change) ? inAPair(pair, pool) : allowed()),
    () => (command.name === 'initiate-failover' ? backupPoolMustBeUp(pair, pool) : allowed()),
    () =>
      command.name === 'initiate-failover'
        ? failoverByTheFacts(pair, pool, command.body.disasterMode)
        : allowed(),
    () => (relyOnTheStandIn.has(command.name) ? standInByTheFacts(pair, pool) : allowed()),
    () => (command.name === 'failback' ? failbackByServices(pair, partnerOf(pair, pool.fqdn)) : allowed()),
    () => (command.name === 'declare-outage' ? warnOfBothPoolsDown(pair, pool) : allowed()),
    () => (command.name === 'failback' ? warnOfOtherOwner(pair, pool) : allowed()),
    () => (command.name === 'complete-replacement' ? replacementHostsItsGroups(pair, pool) : allowed()),
    () => (command.name === 'complete-replacement' ? warnOfGroupsLeft(pair, pool) : allowed()),
    () => (command.name === 'complete-replacement' ? warnOfSettingsLeft(pair, pool) : allowed()),
    () => (serveAgain.has(command.name) ? warnOfStoppedServices(pool) : allowed()),
    () => (command.name === 'failback' ? warnOfOtherRoute(pool, null) : allowed()),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  return accepted([eventOf(pair, pool, command)], { warnings: ruling.warnings });
}

export function reportBackEndDatabase(
  pair: PairFacts,
  { pool, state, reason }: PairCommands['report-back-end-database'],
): Decision {
  const held = lastReportOf(pair, pool);
  return requirePool(pair, pool).backEndDatabase === state
    ? alreadyHolds(null, held)
    : accepted([{ type: 'BackEndDatabaseReported', data: { pool, state, ...reasonGiven(reason) } }], {
        replaces: held,
      });
}

/** Where an outage was declared with the state, its time and reason say nothing of a report. */
function lastReportOf(pair: PairFacts, fqdn: string): Held | undefined {
  const since = inPlaceSince(pair, fqdn);
  const last = pair.incidentLog.findLast(
    ({ type, data, position }) =>
      position > since &&
      (type === 'BackEndDatabaseReported' || type === 'OutageDeclared') &&
      'pool' in data &&
      data.pool === fqdn,
  );
  if (last?.type !== 'BackEndDatabaseReported') return undefined;
  const { state, reason = null } = last.data;
  return { what: `The back-end database of ${fqdn} being ${state}`, at: last.occurredAt, reason };
}

/** Whether the command has taken effect already: it led to this stage, or its target stage alone is enough. */
const stageHolds = (pool: PoolFacts, change: StageChange): boolean =>
  pool.lastStageEvent === change.event || (change.holdsInTarget && pool.stage === change.to);

/** A repeated declaration of an outage may still report a new state of the database. */
function repeated(
  pair: PairFacts,
  pool: PoolFacts,
  command: LifecycleCommand,
  change: StageChange,
  happenedAt: string | null,
): Decision {
  const state = command.name === 'declare-outage' ? command.body.backEndDatabase : undefined;
  const { reason } = command.body;
  // The time and the reason of news are those of the news.
  if (state !== undefined && state !== pool.backEndDatabase)
    return accepted([
      { type: 'BackEndDatabaseReported', data: { pool: pool.fqdn, state, ...reasonGiven(reason) } },
    ]);
  const ruling = evaluate(
    () => sameAsRecorded(pool, change, happenedAt, reason),
    () => (command.name === 'initiate-failover' ? sameDisasterMode(pair, pool, command.body) : allowed()),
  );
  return ruling.outcome === 'allowed' ? alreadyHolds() : ruling;
}

export function stageChange(pair: PairFacts, pool: PoolFacts, change: StageChange): Ruling {
  if (change.from.includes(pool.stage)) return allowed();
  return refusedBy(
    'stage-change',
    `Pool ${pool.fqdn} is in stage ${pool.stage}; ${change.command} is possible from ${change.from.join(', ')}.`,
    { allowed: [...legalFor(pair, pool), ...ifLostAsWell(pool)] },
  );
}

/** A pool that is lost before it serves has no outage of its own: it is replaced in its turn. */
const ifLostAsWell = ({ replaces, stage }: PoolFacts): readonly string[] =>
  replaces !== undefined && traitsOf(stage).stoodInFor ? ['replace-pool'] : [];

/** An outage is recorded even while the partner is down, though no table covers that. */
export function warnOfBothPoolsDown(pair: PairFacts, pool: PoolFacts): Ruling {
  const partner = partnerOf(pair, pool.fqdn);
  if (!isPaired(pair) || !isDown(partner.stage)) return allowed();
  return allowed({
    warnings: warn(
      'both-pools-down',
      `The partner ${partner.fqdn} is in stage ${partner.stage}: with both pools down nothing is documented, and answers are inferred.`,
    ),
  });
}

/** It comes back to what it owned, which its partner owns by now. */
function warnOfOtherOwner(pair: PairFacts, pool: PoolFacts): Ruling {
  if (givingUpOf(pair, pool) !== 'owns-nothing') return allowed();
  const partner = partnerOf(pair, pool.fqdn).fqdn;
  return allowed({
    warnings: warn(
      'owned-by-the-partner',
      `${partner} owns all that ${pool.fqdn} owned. After failback ${pool.fqdn} has it as well, as it was before: somebody has to say whose it is. A pool that never comes back is given up instead: unpair, close-incident, retire-pool.`,
    ),
  });
}

/** Whether a command begins an incident, rather than going on with one. */
const begins = ({ name }: LifecycleCommand, pool: PoolFacts): boolean =>
  stageChangeBy(name).from.includes(pool.stage) &&
  (name === 'declare-outage' || (name === 'initiate-failover' && pool.stage !== 'outage'));

/** What is said later of an incident must not differ from its first command: nobody turns a failure into a drill. */
export function drillFromTheFirst(pair: PairFacts, pool: PoolFacts, command: LifecycleCommand): Ruling {
  const drill = drillIn(command);
  if (drill === undefined || begins(command, pool) || pool.incident === null) return allowed();
  const isDrill = incidentOf(pair, pool.incident)?.drill === true;
  if (drill === isDrill) return allowed();
  return refusedBy(
    'drill-from-the-first',
    `Incident ${pool.incident} of ${pool.fqdn} is on record as ${isDrill ? 'a drill' : 'real'} since its first command, and stays that. Leave drill out to go on with it.`,
    { allowed: [`${command.name} ${pool.fqdn}`] },
  );
}

const drillIn = (command: LifecycleCommand): boolean | undefined =>
  command.name === 'declare-outage' || command.name === 'initiate-failover' ? command.body.drill : undefined;

function eventOf(pair: PairFacts, pool: PoolFacts, command: LifecycleCommand): PoolkeeperEvent {
  const { fqdn } = pool;
  const kind = drillIn(command) === true && begins(command, pool) ? { drill: true as const } : {};
  switch (command.name) {
    case 'declare-outage': {
      const { backEndDatabase = pool.backEndDatabase, reason = null, site = null } = command.body;
      return { type: 'OutageDeclared', data: { pool: fqdn, backEndDatabase, reason, site, ...kind } };
    }
    case 'end-outage':
      return { type: 'OutageEnded', data: { pool: fqdn, ...reasonGiven(command.body.reason) } };
    case 'initiate-failover': {
      const { disasterMode = disasterModeFor(pool).disasterMode, reason } = command.body;
      const backup = partnerOf(pair, fqdn).fqdn;
      return {
        type: 'FailoverInitiated',
        data: { pool: fqdn, backup, disasterMode, ...reasonGiven(reason), ...kind },
      };
    }
    case 'complete-failover':
      return { type: 'FailoverCompleted', data: { pool: fqdn, reason: command.body.reason ?? null } };
    case 'fail-failover':
      return { type: 'FailoverFailed', data: { pool: fqdn, reason: command.body.reason ?? null } };
    case 'failback':
      return { type: 'FailbackInitiated', data: { pool: fqdn, ...reasonGiven(command.body.reason) } };
    case 'complete-failback':
      return { type: 'FailbackCompleted', data: { pool: fqdn, reason: command.body.reason ?? null } };
    case 'fail-failback':
      return { type: 'FailbackFailed', data: { pool: fqdn, reason: command.body.reason ?? null } };
    case 'complete-replacement':
      return { type: 'ReplacementCompleted', data: { pool: fqdn, reason: command.body.reason ?? null } };
    case 'close-incident':
      return { type: 'IncidentClosed', data: { pool: fqdn, ...reasonGiven(command.body.reason) } };
  }
}
