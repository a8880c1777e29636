/** As of when something is on record. A file shows what was so when it was written, whenever it is added. */
import type { ObjectCreated, ObjectModified, ObjectRemoved } from '../events/configuration.js';
import type { Recorded } from '../events/envelope.js';
import { poolOf, type Copy, type KnownAt, type PairFacts } from './pair-state.js';

type Edit = Recorded<ObjectCreated | ObjectModified | ObjectRemoved>;

/** Null as a tool: the last file that was taken showed it. */
export function knownAtOf(pair: PairFacts, { data, metadata }: Edit): string {
  const seenAt = data.tool === null ? poolOf(pair, data.pool)?.seenAt : null;
  return seenAt ?? metadata.occurredAt;
}

/** What an edit changes, part by part. */
export const partsOf = ({
  name,
  owner,
  properties,
}: Pick<ObjectModified['data'], 'name' | 'owner' | 'properties'>): readonly string[] => [
  ...(name === null ? [] : ['/name']),
  ...(owner === undefined ? [] : ['/owner']),
  ...Object.keys(properties),
];

export const withParts = (before: KnownAt | undefined, parts: readonly string[], at: string): KnownAt => ({
  ...before,
  ...Object.fromEntries(parts.map((part) => [part, at] as const)),
});

/** The latest of some times; null where there is none. */
export const latestTime = (times: readonly (string | undefined)[]): string | null =>
  times.reduce<string | null>(
    (latest, time) => (time !== undefined && (latest === null || time > latest) ? time : latest),
    null,
  );

/** As of when a copy is on record as it is. */
export const latestOf = ({ knownAt, partsKnownAt = {} }: Copy): string =>
  latestTime([knownAt, ...Object.values(partsKnownAt)]) ?? knownAt;
