/** What the log says of the incident under way, for ticking steps off. */
import type { ExportEvent, ImportEvent, IncidentLogEntry } from '../../facts/event-ref.js';
import type { Way } from '../../policy/runbook/step-text.js';
import { exportsOf, importsInto, type ReadinessContext } from '../readiness/readiness-context.js';

export interface IncidentProgress {
  /** Null while there is no incident. */
  readonly way: Way | null;
  /** Position at which the incident began; null while there is none. */
  readonly began: bigint | null;
  /** What happened to the pool itself since then. */
  readonly happened: (type: IncidentLogEntry['type']) => readonly IncidentLogEntry[];
}

export function incidentProgressOf({ pair, pool }: ReadinessContext): IncidentProgress {
  const incident = pair.incidents.find(({ id }) => id === pool.incident);
  if (incident === undefined) return { way: null, began: null, happened: () => [] };
  const began = incident.startedAtPosition;
  const since = pair.incidentLog.filter(
    ({ position, data }) => position >= began && 'pool' in data && data.pool === pool.fqdn,
  );
  return {
    way: since[0]?.type === 'OutageDeclared' ? 'disaster' : 'planned',
    began,
    happened: (type) => since.filter((event) => event.type === type),
  };
}

/** The latest of one type that none of another followed: a failed attempt voids what began it. */
export function latestUnrevoked(
  { happened }: IncidentProgress,
  type: IncidentLogEntry['type'],
  voidedBy?: IncidentLogEntry['type'],
): readonly IncidentLogEntry[] {
  const latest = happened(type).at(-1);
  const voided = voidedBy === undefined ? undefined : happened(voidedBy).at(-1);
  if (latest === undefined || (voided !== undefined && voided.position > latest.position)) return [];
  return [latest];
}

/** Imports into the partner of what was exported from the pool, and is owned by it there. */
export const standInImports = ({ pair, pool, partner }: ReadinessContext) =>
  importsInto(pair, partner.fqdn).filter(
    ({ data }) => !data.overwriteOwner && pair.exports.get(data.exportId)?.pool === pool.fqdn,
  );

/** Exports from the partner of what the pool owns, since its last incident began. */
export function homewardExports(
  { pair, pool, partner }: ReadinessContext,
  removing: boolean,
): readonly ExportEvent[] {
  const incident = pair.incidents.findLast((one) => one.pool === pool.fqdn);
  return exportsOf(pair).filter(
    ({ position, occurredAt, data }) =>
      incident !== undefined &&
      position > incident.startedAtPosition &&
      Date.parse(occurredAt) >= Date.parse(incident.startedAt) &&
      data.pool === partner.fqdn &&
      data.owner === pool.fqdn &&
      data.removeExported === removing,
  );
}

export function homewardImports(context: ReadinessContext): readonly ImportEvent[] {
  const files = new Set(
    [true, false].flatMap((removing) => homewardExports(context, removing).map(({ data }) => data.exportId)),
  );
  return importsInto(context.pair, context.pool.fqdn).filter(({ data }) => files.has(data.exportId));
}
