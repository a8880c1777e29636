/** What exists on the backup pool only: made or changed while it stands in, and still to be brought home afterwards. */
import { carrierHome } from '../../facts/carriers.js';
import { isLeftover } from '../../facts/copies.js';
import { copyKey, type Copy, type Incident, type PairFacts } from '../../facts/pair.js';
import { getCmdlet, removeCmdlet } from '../../policy/cmdlets.js';
import {
  completionOf,
  counted,
  finding,
  found,
  whereAny,
  type Finding,
  type FoundObject,
} from './finding.js';
import { byIdentity, identityOf } from '../../facts/identity.js';
import { homeByReplication } from './replication.js';
import { bringingHome } from './remedies.js';
import { holds, importsInto, sameContent, type ReadinessContext } from './readiness-context.js';

type Began = Pick<Incident, 'startedAt' | 'startedAtPosition'>;

/** A file that was written before the incident shows how it was then, whenever it is added. */
export const isSince = (began: Began, position: bigint, knownAt: string): boolean =>
  position > began.startedAtPosition && Date.parse(knownAt) >= Date.parse(began.startedAt);

/** Owned by the partner since this incident began, and not taken over from the pool. */
export function createdOnPartner({ pair, own, partnersOwn, pool }: ReadinessContext): readonly Copy[] {
  const incident = pair.incidents.find(({ id }) => id === pool.incident);
  if (incident === undefined) return [];
  const owned = byIdentity(own);
  return partnersOwn.filter(
    (copy) => isSince(incident, copy.hostedSince, copy.knownAt) && !owned.has(identityOf(copy)),
  );
}

export function createdOnBackup(context: ReadinessContext): readonly Finding[] {
  const { question, pool, partner } = context;
  const created = createdOnPartner(context);
  return whereAny(created, (objects) =>
    finding('created-on-backup', {
      detail: `${counted(objects.length, 'object')} created on ${partner.fqdn} since the incident began.`,
      objects,
      // After failback they stay where they are, or are created again: no re-export has to bring them.
      atStake: question === 'if-it-never-came-back' ? objects.length : 0,
      action: `Leave them with ${partner.fqdn}, or create them on ${pool.fqdn} once it ${pool.replaces === undefined ? 'is back' : 'serves'} and remove them here. An export with -Owner ${partner.fqdn} and an import with -OverwriteOwner would move everything that ${partner.fqdn} owns.`,
      powershell: created.map(getCmdlet),
    }),
  );
}

/**
 * Changed on the partner, not as the owner has it, and in no import that brought just this home. While all is well, a
 * copy that was put there ahead of need is not what anybody is served by: only what an incident left behind counts.
 */
export function awayFromHome({ pair, own, imported, pool, question }: ReadinessContext): readonly Copy[] {
  const owned = byIdentity(own);
  const brought = importsInto(pair, pool.fqdn);
  return imported.filter((copy) => {
    if (copy.lastChange.type !== 'ObjectModified' || copy.ownerRemoved) return false;
    if (question === 'if-it-failed-now' && !isLeftover(pair, copy)) return false;
    const home = owned.get(identityOf(copy));
    if (home !== undefined && sameContent(home, copy)) return false;
    return !brought.some(
      ({ data, position }) =>
        position > copy.lastChange.position && holds(pair.exports.get(data.exportId), copy),
    );
  });
}

export function editedOnBackup(context: ReadinessContext): readonly Finding[] {
  return whereAny(awayFromHome(context), (objects) =>
    finding('edited-on-backup', {
      detail: `${counted(objects.length, 'object')} changed on ${context.partner.fqdn}.`,
      objects,
      action:
        context.pool.route?.route === 'replacement'
          ? `Once the pool that takes the place of ${context.pool.fqdn} is recorded, export them from ${context.partner.fqdn} and import them there.`
          : `After failback, export them from ${context.partner.fqdn} and import them here.`,
    }),
  );
}

export function toBringHome(context: ReadinessContext): readonly Finding[] {
  const { pair, pool, partner } = context;
  const isReplicated = carrierHome(pair, pool) === 'backup-service';
  return whereAny(awayFromHome(context), (objects) =>
    finding('to-bring-home', {
      detail: `${counted(objects.length, 'object')} changed on ${partner.fqdn} and not yet on ${pool.fqdn}.`,
      objects,
      atStake: objects.length,
      ...(isReplicated ? homeByReplication(context) : bringingHome(context)),
    }),
  );
}

/**
 * What the pool has, and somebody removed from its partner in an incident. An export that removes what it has written is
 * no edit: it cleans up.
 */
export const removedOnPartner = (
  { removed }: PairFacts,
  own: readonly Copy[],
  partner: string,
  incident: Began & Pick<Incident, 'endedAtPosition'>,
): readonly FoundObject[] =>
  own.flatMap((copy) => {
    const removal = removed.get(copyKey(partner, copy.kind, copy.id));
    return removal?.type === 'ObjectRemoved' &&
      isSince(incident, removal.position, removal.knownAt) &&
      (incident.endedAtPosition === null || removal.position < incident.endedAtPosition)
      ? [{ ...found(copy), parent: partner, changed: completionOf(removal) }]
      : [];
  });

export function removedOnBackup({ pair, own, pool, partner }: ReadinessContext): readonly Finding[] {
  const incident = pair.incidents.find(({ id }) => id === pool.incident);
  if (incident === undefined) return [];
  const objects = removedOnPartner(pair, own, partner.fqdn, incident);
  if (objects.length === 0) return [];
  const removed = new Set(objects.map(({ kind, id }) => `${kind}|${id}`));
  return [
    finding('removed-on-backup', {
      detail: `${counted(objects.length, 'object')} removed on ${partner.fqdn} since the incident began, and still on ${pool.fqdn}.`,
      objects,
      action: `If they are not wanted any more, remove them on ${pool.fqdn} too.`,
      powershell: own.filter(({ kind, id }) => removed.has(`${kind}|${id}`)).map(removeCmdlet),
    }),
  ];
}
