/** What goes with a pool that never comes back while nobody stands in for it, and where else there is something of it. */
import { isHere, partnerOf } from './copies.js';
import type { ExportEvent } from './event-ref.js';
import { exportEventsOf } from './exports.js';
import { identityOf } from './identity.js';
import type { Copy, PairFacts } from './pair-state.js';

export interface LostWith {
  /** What it owns and hosts, and nobody else owns. */
  readonly objects: readonly Copy[];
  /** Those of which the pool that it was paired with has a copy, which takes no calls. */
  readonly onPartner: readonly Copy[];
  /** Of the others those that a file has, perhaps not as they were last. */
  readonly inFile: readonly Copy[];
  /** The last file that has any of these; null where none has. */
  readonly file: ExportEvent | null;
  /** Those that are nowhere else. */
  readonly nowhere: readonly Copy[];
}

export function lostWith(pair: PairFacts, fqdn: string): LostWith {
  const copies = [...pair.copies.values()];
  const partner = partnerOf(pair, fqdn).fqdn;
  const there = copies.filter(({ parent }) => parent === partner && isHere(pair, partner));
  const owned = new Set(there.filter(({ owner }) => owner !== fqdn).map(identityOf));
  const copied = new Set(there.filter(({ owner }) => owner === fqdn).map(identityOf));
  const objects = copies.filter(
    (copy) => copy.owner === fqdn && copy.parent === fqdn && !owned.has(identityOf(copy)),
  );
  const rest = objects.filter((copy) => !copied.has(identityOf(copy)));
  const files = exportEventsOf(pair);
  const fileOf = (copy: Copy): ExportEvent | undefined =>
    files.findLast(({ data }) => data.objects.some((one) => identityOf(one) === identityOf(copy)));
  const filed = rest.flatMap((copy) => fileOf(copy) ?? []);
  const last = filed.reduce<ExportEvent | null>(
    (latest, file) => (latest === null || file.position > latest.position ? file : latest),
    null,
  );
  return {
    objects,
    onPartner: objects.filter((copy) => copied.has(identityOf(copy))),
    inFile: rest.filter((copy) => fileOf(copy) !== undefined),
    file: last,
    nowhere: rest.filter((copy) => fileOf(copy) === undefined),
  };
}
