/** What the record says against the pool that stands in, or would: the one place for readiness, runbook and commands. */
import { onFrontEnds, windowsServiceOf, wordsOf, type NamedService } from '../policy/services.js';
import { isDown } from '../policy/stages.js';
import { isPaired, partnerOf } from './copies.js';
import { inPlaceSince } from './former-names.js';
import type { PairFacts, PoolFacts } from './pair-state.js';
import { stoppedOn } from './services.js';

export interface StandInTrouble {
  readonly code: 'stand-in-takes-no-calls' | 'stand-in-takes-calls-in-part' | 'stand-in-without-database';
  /** The pool that stands in, or would. */
  readonly fqdn: string;
  /** What is down there. */
  readonly services: readonly NamedService[];
  /** One sentence, with the times of the reports. */
  readonly detail: string;
  /** One sentence: what is done about it, and recorded then. */
  readonly wayOn: string;
}

/** Of a partner that is down as a whole the stage says enough. */
export function standInTroubles(pair: PairFacts, pool: PoolFacts): readonly StandInTrouble[] {
  const partner = partnerOf(pair, pool.fqdn);
  if (!isPaired(pair) || isDown(partner.stage)) return [];
  const place = `${partner.fqdn}, which ${isDown(pool.stage) ? 'stands' : 'would stand'} in for ${pool.fqdn},`;
  return [...ofCalls(partner, place), ...ofDatabase(pair, partner, place)];
}

type Carrying = Extract<NamedService, 'front-end' | 'response-group'>;
const carrying: readonly Carrying[] = ['front-end', 'response-group'];

function ofCalls(partner: PoolFacts, place: string): readonly StandInTrouble[] {
  const { fqdn } = partner;
  const everywhere = carrying.filter((service) => stoppedOn(partner, service) === 'all');
  const code = everywhere.length > 0 ? 'stand-in-takes-no-calls' : 'stand-in-takes-calls-in-part';
  const inPart = carrying.filter(
    (service) => service === 'response-group' && stoppedOn(partner, service) === 'some',
  );
  const stopped = everywhere.length > 0 ? everywhere : inPart;
  if (stopped.length === 0) return [];
  const what = stopped.map((service) => stoppedSince(partner, service)).join(', and ');
  const takes =
    code === 'stand-in-takes-no-calls'
      ? 'takes no calls to response groups'
      : 'takes calls to response groups only where they meet a server that runs its service';
  const orOutage = stopped.includes('front-end')
    ? ` If it cannot be started, record declare-outage for ${fqdn}.`
    : '';
  return [
    {
      code,
      fqdn,
      services: stopped,
      detail: `${place} ${takes}: ${what}.`,
      wayOn: `Start it again on ${fqdn}, and record that: ${stopped.map((service) => `report-service for ${fqdn}, service ${service}, state running`).join('; ')}.${orOutage}`,
    },
  ];
}

function stoppedSince({ services }: PoolFacts, service: Carrying): string {
  const facts = services?.[service];
  const since = facts === undefined ? '' : ` since ${facts.reported.occurredAt}`;
  return `its ${wordsOf(service)} (${windowsServiceOf(service) ?? service}) is on record as stopped ${onFrontEnds(facts?.frontEnds ?? 'all')}${since}`;
}

/** The tables ask for the database only of a pool that is down, so that calls count as carried. */
function ofDatabase(pair: PairFacts, partner: PoolFacts, place: string): readonly StandInTrouble[] {
  const { fqdn, backEndDatabase } = partner;
  if (backEndDatabase !== 'unavailable') return [];
  const since = databaseReportedAt(pair, fqdn);
  return [
    {
      code: 'stand-in-without-database',
      fqdn,
      services: ['back-end-database'],
      detail: `${place} may not be able to: its back-end database is on record as unavailable${since === null ? '' : ` since ${since}`}.`,
      wayOn: `Bring the back-end database of ${fqdn} up, and record that: report-back-end-database for ${fqdn}, state available.`,
    },
  ];
}

/** RFC 3339; null where the state came with the pool from an earlier pair. */
function databaseReportedAt(pair: PairFacts, fqdn: string): string | null {
  const since = inPlaceSince(pair, fqdn);
  const last = pair.incidentLog.findLast(
    ({ type, data, position }) =>
      position > since &&
      (type === 'BackEndDatabaseReported' || type === 'OutageDeclared') &&
      data.pool === fqdn,
  );
  return last?.occurredAt ?? null;
}
