/** What the record says against a failover as it is reported: it is recorded all the same, as what was done. */
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import { isPaired } from '../../../facts/copies.js';
import { centralManagementFirst, disasterModeFor, siteLinkIsDown } from '../../../facts/services.js';
import { standInTroubles } from '../../../facts/stand-in-services.js';
import type { Warning } from '../decision.js';
import { allowed, warn, type Ruling } from '../rules.js';

/** @param given what the command says of -DisasterMode; undefined where it leaves that to the record */
export function failoverByTheFacts(pair: PairFacts, pool: PoolFacts, given: boolean | undefined): Ruling {
  return allowed({ warnings: [...ofDisasterMode(pool, given), ...ofCentralManagement(pair, pool)] });
}

/** What the record says against the pool that stands in from now on, and against the way there. */
export function standInByTheFacts(pair: PairFacts, pool: PoolFacts): Ruling {
  if (!isPaired(pair)) return allowed();
  const ofServices = standInTroubles(pair, pool).flatMap(({ code, detail, wayOn }) =>
    warn(code, `${detail} ${wayOn}`),
  );
  return allowed({ warnings: [...ofSiteLink(pair, pool), ...ofServices] });
}

function ofDisasterMode(pool: PoolFacts, given: boolean | undefined): readonly Warning[] {
  const { disasterMode, why } = disasterModeFor(pool);
  if (given === undefined || given === disasterMode) return [];
  return disasterMode
    ? warn(
        'disaster-mode-missing',
        `It is reported without -DisasterMode, and ${why}: the cmdlet needs -DisasterMode then. If that was used, correct the record.`,
      )
    : warn(
        'disaster-mode-not-needed',
        `It is reported with -DisasterMode, which leaves behind what the pool has not handed over; but ${why}. If the pool is down, or its back-end database is, put that on record as well.`,
      );
}

/** The store is failed over before the pool, or the failover of the pool fails. */
function ofCentralManagement(pair: PairFacts, pool: PoolFacts): readonly Warning[] {
  const first = centralManagementFirst(pair, pool);
  if (first === null) return [];
  return warn(
    'central-management-first',
    first.on === pool.fqdn
      ? `By the last report the Central Management store is on ${first.on}${first.isDown ? ', and down' : ''}: it is failed over first (Invoke-CsManagementServerFailover), or the failover of the pool fails.`
      : `By the last report the Central Management store is on ${first.on}, and down: the failover of the pool fails until it is up.`,
  );
}

function ofSiteLink(pair: PairFacts, pool: PoolFacts): readonly Warning[] {
  return siteLinkIsDown(pair)
    ? warn(
        'site-link-down',
        `The network between the sites is on record as down: ${pool.fqdn} may be up, and only out of sight. Two pools that both serve its users is worse than one that waits.`,
      )
    : [];
}
