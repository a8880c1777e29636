/** A pool as one of many: what a list of all pools says of it. */
import { logPositionOf } from '../../events/places.js';
import type { BackEndDatabaseState } from '../../events/vocabulary.js';
import { writtenAtOf } from '../../facts/exports.js';
import { drillOf } from '../../facts/incident.js';
import { partnerOf, poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import type { Stage } from '../../policy/stages.js';
import { pairMembershipOf, type PairMembership } from '../lifecycle/pair-membership.js';
import { ownerOf, type CallStatusState } from '../call-status/state.js';
import { lastExportOf } from '../readiness/readiness-context.js';

export interface ExportBrief {
  readonly exportId: string;
  /** When it was recorded to have happened. */
  readonly occurredAt: string;
  /** When its file was written; null where nothing says so. */
  readonly writtenAt: string | null;
  readonly position: string;
}

export interface FleetPool extends PairMembership {
  readonly fqdn: string;
  readonly partner: string;
  readonly pairId: string;
  readonly stage: Stage;
  readonly since: string;
  readonly incident: string | null;
  /** The incident under way is a drill; absent where it is not. */
  readonly drill?: true;
  readonly backEndDatabase: BackEndDatabaseState;
  readonly openCalls: number;
  /** Calls that were cut off, ever. */
  readonly cutOffCalls: number;
  readonly lastExport: ExportBrief | null;
}

/** Null where the pair has no such pool. */
export function fleetPool(state: CallStatusState, fqdn: string): FleetPool | null {
  const { pair } = state;
  const pool = pair === null ? undefined : poolOf(pair, fqdn);
  if (pair === null || pool === undefined) return null;
  const { stage, since, incident, backEndDatabase } = pool;
  return {
    fqdn,
    partner: partnerOf(pair, fqdn).fqdn,
    pairId: pair.pairId,
    stage,
    since,
    incident,
    ...drillOf(pair, pool),
    ...pairMembershipOf(pair, pool),
    backEndDatabase,
    openCalls: openCallsOf(state, fqdn),
    cutOffCalls: ownerOf(state, fqdn)?.totals.disconnected ?? 0,
    lastExport: exportBrief(pair, fqdn),
  };
}

export function openCallsOf(state: CallStatusState, fqdn: string): number {
  const totals = ownerOf(state, fqdn)?.totals;
  return totals === undefined ? 0 : totals['in-progress'] + totals.connected;
}

export function exportBrief(pair: PairFacts, fqdn: string): ExportBrief | null {
  const last = lastExportOf(pair, fqdn);
  if (last === null) return null;
  const { data, occurredAt, position } = last;
  return {
    exportId: data.exportId,
    occurredAt,
    writtenAt: writtenAtOf(last),
    position: String(logPositionOf(position)),
  };
}
