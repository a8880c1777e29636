/** As of when something is on record. A file shows what was so when it was written, whenever it is added. */
import type { ObjectCreated, ObjectModified, ObjectRemoved } from '../events/configuration.js';
import type { Recorded } from '../events/envelope.js';
import { poolOf, type KnownAt, type PairFacts } from './pair-state.js';

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
