/** What the backup service had brought to the backup pool before an incident, by what is on record. */
import { formerNamesOf } from '../../facts/former-names.js';
import { replicatedUntil } from '../../facts/replication.js';
import type { PoolFacts } from '../../facts/pair.js';
import { inPlaceIn, type Course } from './course.js';

/** Up to when the backup service had brought all to the backup pool, before the incident; undefined where it had not. */
export function lastGoodBefore(course: Course): string | undefined {
  const { pair, incident, partner } = course;
  if (!isReplicatedIn(course)) return undefined;
  // Between a pool and the one in the place of its partner nothing is replicated but what is reported of the two.
  const since = latestOf(pair.pools.map(({ fqdn }) => inPlaceIn(course, fqdn)));
  let last: string | undefined;
  let isTakenIn = true;
  for (const { type, data, occurredAt, position } of pair.incidentLog) {
    if (type !== 'ReplicationReported' || position < since) continue;
    if (data.pool === partner && data.importState !== undefined)
      isTakenIn = data.importState === 'NormalState';
    if (data.pool !== incident.pool || (!isTakenIn && data.at === undefined)) continue;
    const time = replicatedUntil(data, occurredAt);
    if (time !== null && time <= incident.startedAt && (last === undefined || time > last)) last = time;
  }
  return last;
}

/** By what was on record when it ended: what is switched on or off afterwards is no matter of it. */
function isReplicatedIn(course: Course): boolean {
  const {
    pair,
    incident: { endedAtPosition },
  } = course;
  const settings = pair.incidentLog.flatMap((event) =>
    event.type === 'ReplicationSet' && (endedAtPosition === null || event.position < endedAtPosition)
      ? [event]
      : [],
  );
  const isOn = settings.findLast(({ data }) => data.enabled !== undefined)?.data.enabled === true;
  const lacksUpdate = ({ fqdn }: PoolFacts): boolean =>
    settings.findLast(
      ({ data, position }) =>
        data.pool === fqdn && data.update !== undefined && wasInPlace(course, fqdn, position),
    )?.data.update === false;
  return isOn && !pair.pools.some(lacksUpdate);
}

/** Whether what was recorded then under the name that the pool has now is of the pool that the incident met. */
function wasInPlace(course: Course, fqdn: string, position: bigint): boolean {
  const { pair, incident } = course;
  const replaced = formerNamesOf(pair, fqdn).find(({ until }) => until > incident.startedAtPosition);
  return position > inPlaceIn(course, fqdn) && (replaced === undefined || position < replaced.until);
}

const latestOf = (positions: readonly bigint[]): bigint =>
  positions.reduce((latest, position) => (position > latest ? position : latest), 0n);
