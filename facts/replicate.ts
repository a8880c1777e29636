/** What the backup service has done by the time that a status check names: the copies on the partner are as the owner's were. */
import type { Recorded } from '../events/envelope.js';
import type { ReplicationReported } from '../events/replication.js';
import { isDown } from '../policy/stages.js';
import { sameContent } from './content.js';
import { eventRefOf } from './event-ref.js';
import { putCopy, removeCopy, removedByOwner } from './hosting.js';
import { latestOf } from './known-at.js';
import { copyKey, poolOf, type Copy, type PairFacts } from './pair-state.js';

type Reported = Recorded<ReplicationReported>;

/** The copies that a pool hosts, as they were at a time. One whose former state is not known any more is left out. */
export function hostedAt(pair: PairFacts, fqdn: string, time: string): ReadonlyMap<string, Copy> {
  const then = new Map([...pair.copies].filter(([, { parent }]) => parent === fqdn));
  for (const { key, at, before } of (pair.replication?.journal ?? []).toReversed()) {
    if (at <= time || !key.startsWith(`${fqdn}|`)) continue;
    if (before === null) then.delete(key);
    else then.set(key, before);
  }
  for (const [key, copy] of then) if (latestOf(copy) > time) then.delete(key);
  return then;
}

/** Puts what a pool owned at a time on its partner. What was changed there since is not overwritten. */
export function replicate(pair: PairFacts, fqdn: string, until: string, event: Reported): void {
  const partner = pair.pools.find((pool) => pool.fqdn !== fqdn);
  const { enabledSince = null, byPool = {} } = pair.replication ?? {};
  if (partner === undefined) return;
  const isSeeded = byPool[fqdn]?.seeded !== false;
  for (const copy of hostedAt(pair, fqdn, until).values()) {
    if (copy.owner !== fqdn) continue;
    if (!isSeeded && enabledSince !== null && copy.lastChange.position < enabledSince) continue;
    const there = pair.copies.get(copyKey(partner.fqdn, copy.kind, copy.id));
    if (there !== undefined && (there.owner !== fqdn || isEditedThere(there, copy) || there.knownAt > until))
      continue;
    place(pair, partner.fqdn, copy, there, until, event);
  }
  for (const there of [...pair.copies.values()]) {
    if (there.parent !== partner.fqdn || there.owner !== fqdn || there.replica !== true) continue;
    const removal = pair.removed.get(copyKey(fqdn, there.kind, there.id));
    if (removal === undefined || removal.knownAt > until) continue;
    removeCopy(pair, partner.fqdn, there.kind, there.id, { ...eventRefOf(event), knownAt: until });
  }
}

/** Somebody changed the copy where it is, and what its owner has is not that. */
const isEditedThere = (there: Copy, own: Copy): boolean =>
  there.lastChange.type === 'ObjectModified' && !sameContent(there, own);

/** What the owner has under the id by now is another object: the one that was copied is removed. */
const isMadeAgain = (pair: PairFacts, { owner, kind, id, hostedSince }: Copy): boolean =>
  (pair.copies.get(copyKey(owner, kind, id))?.hostedSince ?? hostedSince) > hostedSince;

function place(
  pair: PairFacts,
  parent: string,
  own: Copy,
  there: Copy | undefined,
  until: string,
  event: Reported,
): void {
  const { partsKnownAt: _, ...content } = own;
  const unchanged = there !== undefined && there.replica === true && sameContent(there, own);
  putCopy(pair, {
    ...content,
    parent,
    replica: true,
    ownerRemoved: removedByOwner(pair, own.owner, parent, own.kind, own.id) || isMadeAgain(pair, own),
    hostedSince: there?.hostedSince ?? event.position,
    lastChange: unchanged ? there.lastChange : eventRefOf(event),
    knownAt: until,
  });
}

/**
 * What was changed on a pool while it stood in goes to the owner, once that is back. The documents do not say it: it follows
 * from the service keeping both alike.
 */
export function bringHome(pair: PairFacts, from: string, until: string, event: Reported): void {
  for (const copy of hostedAt(pair, from, until).values()) {
    const owner = poolOf(pair, copy.owner);
    if (owner === undefined || copy.owner === from || isDown(owner.stage)) continue;
    const own = pair.copies.get(copyKey(owner.fqdn, copy.kind, copy.id));
    const there = pair.copies.get(copyKey(from, copy.kind, copy.id));
    if (own === undefined || copy.lastChange.type !== 'ObjectModified' || copy.replica !== true) continue;
    // Both were changed: which of the two stays is not known.
    if (own.lastChange.position > copy.lastChange.position) continue;
    const { name, properties, unknownProperties, audio } = copy;
    const content = {
      name,
      properties,
      ...(unknownProperties === undefined ? {} : { unknownProperties }),
      ...(audio === undefined ? {} : { audio }),
    };
    if (!sameContent(own, copy))
      putCopy(pair, { ...own, ...content, lastChange: eventRefOf(event), knownAt: until });
    if (there?.lastChange.position === copy.lastChange.position) {
      putCopy(pair, { ...there, lastChange: eventRefOf(event) });
    }
  }
}
