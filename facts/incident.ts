/** When an incident begins and ends, what was aimed at, and what people have noted in its course. */
import type { EventRetracted } from '../events/correction.js';
import type { Recorded } from '../events/envelope.js';
import type { IncidentAnnotated, StepTicked, TargetsSet } from '../events/incident.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import { partnerOf, poolOf } from './copies.js';
import { eventRefOf } from './event-ref.js';
import type { Incident, PairFacts, PoolFacts, Targets } from './pair-state.js';

export function openIncident(pair: PairFacts, pool: PoolFacts, event: Recorded<PoolkeeperEvent>): void {
  closeIncident(pair, pool, event);
  const id = `${pair.pairId}-${pair.incidents.length + pair.struckIncidents.length + 1}`;
  pair.incidents.push({
    id,
    pool: pool.fqdn,
    startedAt: event.metadata.occurredAt,
    startedAtPosition: event.position,
    recordedAt: event.recordedAt,
    drill: 'drill' in event.data,
    workflows: ownWorkflows(pair, pool.fqdn),
    partnersSettings: partnerOf(pair, pool.fqdn).applicationSettings,
    endedAt: null,
    endedAtPosition: null,
    targets: null,
    notes: [],
    ticks: new Map(),
  });
  pool.incident = id;
}

/** The incident keeps its number, and is none. */
export function strikeIncident(
  pair: PairFacts,
  { id: eventId, data, metadata, recordedAt }: Recorded<EventRetracted>,
): PairFacts {
  const { incident, pool = '', reason } = data;
  if (incident === undefined) return pair;
  const retraction = { eventId, actor: metadata.actor, recordedAt, reason };
  pair.struckIncidents.push({ id: incident, pool, startedAt: metadata.occurredAt, retraction });
  return pair;
}

export function closeIncident(pair: PairFacts, pool: PoolFacts, event: Recorded<PoolkeeperEvent>): void {
  const incident = pair.incidents.find((candidate) => candidate.id === pool.incident);
  if (incident !== undefined) {
    incident.endedAt = event.metadata.occurredAt;
    incident.endedAtPosition = event.position;
    incident.targets = pair.targets;
  }
  pool.incident = null;
  delete pool.route;
  delete pool.replaces;
}

export function noteInIncident(pair: PairFacts, event: Recorded<PoolkeeperEvent>): void {
  switch (event.type) {
    case 'TargetsSet': {
      pair.targets = targetsAfter(pair.targets, event);
      break;
    }
    case 'IncidentAnnotated': {
      const { text, at = event.metadata.occurredAt } = event.data;
      incidentNoted(pair, event)?.notes.push({ ...eventRefOf(event), at, text });
      break;
    }
    case 'StepTicked': {
      const { step, note = null } = event.data;
      incidentNoted(pair, event)?.ticks.set(step, { ...eventRefOf(event), note });
      break;
    }
    default:
      break;
  }
}

/**
 * The incident that a note or a tick is of. Retractions of earlier versions let numbers move, so that the id on record may say
 * another, or none. So the one of the pool at that moment comes first.
 */
export function incidentNoted(
  pair: PairFacts,
  { type, data, metadata }: Recorded<IncidentAnnotated | StepTicked>,
): Incident | undefined {
  const named = incidentOf(pair, data.incident);
  if (type === 'StepTicked') return incidentOf(pair, poolOf(pair, data.pool)?.incident ?? '') ?? named;
  const { pool, at = metadata.occurredAt } = data;
  const isMeant = (one: Incident): boolean => one.pool === pool && isWithin(one, at);
  return named !== undefined && isMeant(named) ? named : (pair.incidents.findLast(isMeant) ?? named);
}

/** Whether an incident was under way at a moment, RFC 3339. */
export const isWithin = ({ startedAt, endedAt }: Incident, moment: string): boolean =>
  Date.parse(startedAt) <= Date.parse(moment) &&
  (endedAt === null || Date.parse(moment) <= Date.parse(endedAt));

/** Undefined where the pair has had no such incident. */
export const incidentOf = (pair: PairFacts, id: string): Incident | undefined =>
  pair.incidents.find((incident) => incident.id === id);

/** A member of views of a pool whose incident is a drill; nothing of all others. */
export const drillOf = (
  pair: PairFacts,
  { incident }: Pick<PoolFacts, 'incident'>,
): { readonly drill?: true } =>
  incident !== null && incidentOf(pair, incident)?.drill === true ? { drill: true } : {};

function ownWorkflows(pair: PairFacts, fqdn: string): number {
  let workflows = 0;
  for (const { kind, owner, parent } of pair.copies.values())
    if (kind === 'workflow' && owner === fqdn && parent === fqdn) workflows += 1;
  return workflows;
}

function targetsAfter(before: Targets | null, { data, metadata }: Recorded<TargetsSet>): Targets {
  const { recoveryTime, recoveryPoint } = data;
  const since = (aim: 'recoveryTime' | 'recoveryPoint'): string | null =>
    data[aim] === (before?.[aim] ?? null) ? (before?.setAt[aim] ?? null) : metadata.occurredAt;
  return {
    recoveryTime,
    recoveryPoint,
    setAt: { recoveryTime: since('recoveryTime'), recoveryPoint: since('recoveryPoint') },
  };
}
