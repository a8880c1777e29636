/** Incidents out of events: the folds of calls and agents, and the view of both. */
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { agentConsole } from '../../../projections/agent-console/fold.js';
import { callStatus } from '../../../projections/call-status/fold.js';
import { incidentPage, type IncidentPage } from '../../../projections/incidents/list.js';
import { RefusalsByIncident } from '../../../projections/incidents/refused.js';
import { awayIn, type IncidentFacts, type IncidentView } from '../../../projections/incidents/view.js';
import type { IncidentPhase, PhaseName } from '../../../projections/incidents/phases.js';
import { pairId } from '../../support/story.js';
import { recorded, type Told } from '../../support/recorded.js';
import { foldOf } from '../folding.js';

export function factsOf(events: readonly Recorded<PoolkeeperEvent>[]): IncidentFacts {
  const { pair, owners } = foldOf(callStatus, events.filter(isOfPairOrCall));
  const { returns } = foldOf(agentConsole, events.filter(isOfPairOrAgent));
  if (pair === null) throw new Error('No pair was registered.');
  const refusals = new RefusalsByIncident(pair.incidents);
  for (const event of events) if (event.type === 'CommandRefused') refusals.add(event);
  return { pair, owners, returns, refusals: refusals.counts, away: awayIn(pair) };
}

const startsWith =
  (...prefixes: readonly string[]) =>
  ({ stream }: Recorded<PoolkeeperEvent>): boolean =>
    prefixes.some((prefix) => stream.startsWith(prefix));
export const isOfPairOrCall = startsWith(`pair-${pairId}`, `call-${pairId}`);
export const isOfPairOrAgent = startsWith(`pair-${pairId}`, 'agent-');

export const pageOf = (events: readonly Recorded<PoolkeeperEvent>[]): IncidentPage =>
  incidentPage([factsOf(events)], { limit: 1_000 });

/** The oldest first. */
export const incidentsAfter = (...told: readonly Told[]): readonly IncidentView[] =>
  pageOf(recorded(told)).incidents.toReversed();

export function incidentAfter(...told: readonly Told[]): IncidentView {
  const [incident, ...rest] = incidentsAfter(...told);
  if (incident === undefined || rest.length > 0) throw new Error('One incident was to be told of.');
  return incident;
}

export const phaseIn = (incident: IncidentView, name: PhaseName): IncidentPhase | undefined =>
  incident.phases.find((phase) => phase.name === name);

/** A time of the morning of the story. */
export const at = (clock: string): string => `2026-11-24T${clock.length === 5 ? `${clock}:00` : clock}.000Z`;

/** The event as it happened at a time, and was recorded then or later. */
export const then = (
  clock: string,
  event: PoolkeeperEvent,
  more: { recorded?: string; actor?: string } = {},
): Told => ({
  ...event,
  metadata: {
    occurredAt: at(clock),
    recordedAt: at(more.recorded ?? clock),
    ...(more.actor === undefined ? {} : { actor: more.actor }),
  },
});

export const minutes = (number: number): number => number * 60_000;
