/** In the course of which incidents a time was corrected by which calls may be judged. */
import { describeStream } from '../../events/streams.js';
import type { EventType } from '../../events/registry.js';
import type { Correction } from '../../facts/in-force.js';
import type { Incident, PairFacts } from '../../facts/pair.js';

/** No call goes by them. */
const saidOnly: ReadonlySet<string> = new Set<EventType>(['TargetsSet', 'IncidentAnnotated', 'StepTicked']);

/**
 * Live states have every event in its place in the log, with its corrected time: which calls a stage cut off is judged in the
 * order of the log, while phases have the corrected times.
 * @param corrections that count
 * @returns the ids of incidents
 */
export function incidentsRetimed(
  { pairId, incidents }: Pick<PairFacts, 'pairId' | 'incidents'>,
  corrections: Iterable<Correction>,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const correction of corrections) {
    if (correction.type !== 'EventTimeCorrected' || saidOnly.has(correction.data.eventType)) continue;
    if (describeStream(correction.stream).pairId !== pairId) continue;
    const times = [correction.data.before, correction.data.occurredAt];
    for (const incident of incidents)
      if (times.some((time) => isInCourse(incident, Date.parse(time)))) found.add(incident.id);
  }
  return found;
}

const isInCourse = ({ startedAt, endedAt }: Incident, time: number): boolean =>
  Date.parse(startedAt) <= time && (endedAt === null || time <= Date.parse(endedAt));
