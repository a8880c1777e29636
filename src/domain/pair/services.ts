/** Decides what is reported of the services of a pool. */
import type { Service } from '../../../events/vocabulary.js';
import { requirePool } from '../../../facts/copies.js';
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import { isOnFrontEnds, onFrontEnds, wordsOf } from '../../../policy/services.js';
import { serves } from '../../../policy/stages.js';
import type { PairCommands } from '../commands.js';
import { accepted, alreadyHolds, invalid, type Decision, type Held, type Warning } from '../decision.js';
import { warn } from '../rules.js';
import { reportBackEndDatabase } from './lifecycle.js';

type Report = PairCommands['report-service'];

export function reportService(pair: PairFacts, { pool: fqdn, ...report }: Report): Decision {
  const { service, state, frontEnds, reason } = report;
  if (frontEnds !== undefined && !isOnFrontEnds(service)) {
    return invalid([
      {
        pointer: '/frontEnds',
        detail: `frontEnds is for what each Front End server runs, and the ${wordsOf(service)} is not: leave it out.`,
      },
    ]);
  }
  if (frontEnds === 'some' && state === 'running') {
    return invalid([
      {
        pointer: '/frontEnds',
        detail: `What runs on some Front End servers only is stopped on some: report state "stopped" with frontEnds "some".`,
      },
    ]);
  }
  const because = reason === undefined ? {} : { reason };
  if (service === 'back-end-database') {
    const database = state === 'running' ? 'available' : 'unavailable';
    return reportBackEndDatabase(pair, { pool: fqdn, state: database, ...because });
  }
  const pool = requirePool(pair, fqdn);
  const extent = isOnFrontEnds(service) ? { frontEnds: frontEnds ?? ('all' as const) } : {};
  const held = heldBy(pool, service, state, extent.frontEnds ?? null);
  if (held !== null) return alreadyHolds(null, held);
  const data = { pool: fqdn, service, state, ...extent, ...because };
  return accepted([{ type: 'ServiceReported', data }], {
    warnings: warningsOf(pool, data),
    replaces: onRecord(pool, service),
  });
}

/** Null where the record says something else, or nothing. */
function heldBy(
  pool: PoolFacts,
  service: Service,
  state: Report['state'],
  frontEnds: Report['frontEnds'] | null,
): Held | null {
  const facts = pool.services?.[service];
  return facts?.state === state && facts.frontEnds === frontEnds ? (onRecord(pool, service) ?? null) : null;
}

function onRecord({ fqdn, services }: PoolFacts, service: Service): Held | undefined {
  const facts = services?.[service];
  if (facts === undefined) return undefined;
  const what = `The ${wordsOf(service)} of ${fqdn} being ${facts.state}`;
  return { what, at: facts.reported.occurredAt, reason: facts.reason };
}

function warningsOf(
  { fqdn, stage }: PoolFacts,
  { service, state, frontEnds }: Pick<Report, 'service' | 'state' | 'frontEnds'>,
): readonly Warning[] {
  if (state === 'running' || !serves(stage)) return [];
  if (service === 'front-end' && frontEnds === 'all') {
    return warn(
      'pool-is-down',
      `A pool whose Front End service is stopped ${onFrontEnds('all')} serves nobody, while ${fqdn} is in stage ${stage}. If it cannot be started again, record declare-outage.`,
    );
  }
  if (service === 'response-group') {
    return warn(
      'restart-first',
      `Start the ${wordsOf(service)} (RTCRGS) again before anything is failed over: the pool itself is up, and a failover would take its users along.`,
    );
  }
  return [];
}
