/** What a file would set back: what is on record as of a later time than the one at which it was written. */
import type { ObjectModified } from '../../../../events/configuration.js';
import { applicationSettingsKind } from '../../../../events/vocabulary.js';
import { copyOf, requirePool } from '../../../../facts/copies.js';
import { exportEventsOf } from '../../../../facts/exports.js';
import { fileKnownAt } from '../../../../facts/file-time.js';
import { partsOf } from '../../../../facts/known-at.js';
import { copyKey, type Copy, type PairFacts } from '../../../../facts/pair.js';
import type { KnownAt } from '../../../../facts/pair-state.js';
import { few } from '../../../../policy/texts/few.js';
import { allowed, refusedBy, type Ruling } from '../../rules.js';
import { labelOf } from '../hosted.js';
import type { ShownChanges } from './file-changes.js';
import type { Written } from './written.js';

/**
 * The clock of the server that wrote the file, and the one by which records are dated, differ by up to this: what a domain
 * lets pass. In milliseconds.
 */
export const clockSkew = 5 * 60_000;

const sources = {
  'entry-dates': 'as the dates of its entries say',
  'file-time': 'as its file time says',
} as const;

/**
 * Of a file whose time nobody gave. What is given is believed: an older file is kept, and changes nothing. And it is no
 * question of time where the file sets nothing back that is newer: then it is taken, however old it is.
 */
export function newerRecordsStay(
  pair: PairFacts,
  pool: string,
  written: Written | null,
  shown: ShownChanges,
): Ruling {
  if (written === null || written.from === 'request') return allowed();
  const undone = undoneBy(pair, pool, shown, Date.parse(written.at) + clockSkew);
  if (undone.length === 0) return allowed();
  const latest = undone.map(({ knownAt }) => knownAt).reduce((one, other) => (one > other ? one : other));
  return refusedBy(
    'newer-records-stay',
    `The file was written at ${written.at}, ${sources[written.from]}. It would set back what is on record of ${pool} as of later, up to ${latest}: ${few(undone, { word: ({ label }) => label, separator: '; ' })}. Say when the file was written (occurredAt), and it is kept without that; or say that it is what the pool has now (now).`,
    { allowed: ['occurredAt', 'now'] },
  );
}

interface Undone {
  readonly label: string;
  /** As of when the newest of it is on record. */
  readonly knownAt: string;
}

function undoneBy(
  pair: PairFacts,
  fqdn: string,
  { created, modified, removed, replicas }: ShownChanges,
  written: number,
): readonly Undone[] {
  const seen = seenIn(pair, fqdn, written);
  const newer = (
    label: string,
    objectOwner: string | null,
    ...times: readonly string[]
  ): readonly Undone[] => {
    const known = [...times, ...seen(objectOwner)].filter((time) => Date.parse(time) > written).toSorted();
    const knownAt = known.at(-1);
    return knownAt === undefined ? [] : [{ label, knownAt }];
  };
  const settings = requirePool(pair, fqdn);
  return [
    ...replicas.flatMap((object) => {
      const copy = copyOf(pair, fqdn, object.kind, object.id);
      return copy === undefined ? [] : newer(`the ${labelOf(copy)}`, copy.owner, ...wholeOf(copy));
    }),
    ...[...created, ...replicas].flatMap((object) => {
      const gone = pair.removed.get(copyKey(fqdn, object.kind, object.id));
      const label = `the ${object.kind} "${object.name}" is gone`;
      return newer(label, object.owner, ...(gone === undefined ? [] : [gone.knownAt]));
    }),
    ...modified.flatMap((event) => {
      if (event.type !== 'ObjectModified') return [];
      const { kind, id } = event.data;
      if (kind === applicationSettingsKind) {
        return newer('the application settings', null, ...timesOf(settings.settingsKnownAt, event.data));
      }
      const copy = copyOf(pair, fqdn, kind, id);
      if (copy === undefined) return [];
      const parts = partsOf(event.data).map((part) => part.replace('/', ''));
      const label = `the ${labelOf(copy)}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
      return newer(label, copy.owner, ...timesOf(copy.partsKnownAt, event.data));
    }),
    ...removed.flatMap((copy) => newer(`the ${labelOf(copy)}`, copy.owner, ...wholeOf(copy))),
  ];
}

const wholeOf = ({ knownAt, partsKnownAt = {} }: Copy): readonly string[] => [
  knownAt,
  ...Object.values(partsKnownAt),
];

/**
 * As of when what would change was changed on record, part by part. An object that the file has was there when the file was
 * written, whenever it was put on record: that alone makes it no newer.
 */
const timesOf = (known: KnownAt | undefined, data: ObjectModified['data']): readonly string[] =>
  partsOf(data).flatMap((part) => {
    const time = known?.[part];
    return time === undefined ? [] : [time];
  });

/** A newer file that was taken shows all that it was asked for, changed or not: as of when, by the owner of an object. */
function seenIn(
  pair: PairFacts,
  fqdn: string,
  written: number,
): (objectOwner: string | null) => readonly string[] {
  const files = exportEventsOf(pair).flatMap((event) => {
    const { pool, file = null, owner: restriction } = event.data;
    const at = fileKnownAt(event);
    if (pool !== fqdn || file?.taken !== true || Date.parse(at) <= written) return [];
    return [{ at, restriction, holdsSettings: file.holdsSettings }];
  });
  return (objectOwner) =>
    files
      .filter(({ restriction, holdsSettings }) =>
        objectOwner === null ? holdsSettings : restriction === null || restriction === objectOwner,
      )
      .map(({ at }) => at);
}
