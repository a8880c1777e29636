/** Whether an import into the partner would go through, and what is there already. */
import { isLeftover } from '../../facts/copies.js';
import { objectKinds } from '../../events/vocabulary.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { printedExport } from '../../facts/exports.js';
import { exportCmdlet, importCmdlet, removeCmdlet, renameCmdlets } from '../../policy/cmdlets.js';
import { FreeNames } from '../../policy/names.js';
import { isDown } from '../../policy/stages.js';
import { counted, finding, found, whereAny, type Finding } from './finding.js';
import { byIdentity, identityOf, nameKeyOf } from '../../facts/identity.js';
import { fileArgument, sameContent, type ReadinessContext } from './readiness-context.js';

export function partnerDown({ pool, partner }: ReadinessContext): readonly Finding[] {
  if (!isDown(partner.stage)) return [];
  const detail = `${partner.fqdn}, which stands in for ${pool.fqdn}, is in stage ${partner.stage}.`;
  return [
    finding('partner-down', { detail, action: `Bring ${partner.fqdn} back first: see its own runbook.` }),
  ];
}

type Named = Pick<Copy, 'kind' | 'id' | 'name'>;

/** Whether an import of these would meet, at its destination, another object with the name of one of them. */
export function wouldClash(pair: PairFacts, objects: readonly Named[], destination: string): boolean {
  const coming = byIdentity(objects);
  const names = new Set(objects.map(nameKeyOf));
  return [...pair.copies.values()].some(
    (copy) => copy.parent === destination && !coming.has(identityOf(copy)) && names.has(nameKeyOf(copy)),
  );
}

/**
 * Same kind and name, another identity: of what the pool has, and of what its last export has. Under
 * -ResolveNameConflicts one of the two is renamed.
 */
export function nameClashes({
  pair,
  own,
  partnersOwn,
  partner,
  lastExport,
}: ReadinessContext): readonly Finding[] {
  const bearers = new Map(own.map((copy) => [nameKeyOf(copy), copy]));
  const exported = new Map((lastExport?.data.objects ?? []).map((object) => [nameKeyOf(object), object]));
  const clashing = partnersOwn.filter((copy) =>
    [bearers, exported].some((names) => {
      const bearer = names.get(nameKeyOf(copy));
      return bearer !== undefined && identityOf(bearer) !== identityOf(copy);
    }),
  );
  if (clashing.length === 0) return [];
  const taken = new Set([...pair.copies.values()].map(nameKeyOf));
  const freeNames = new Map(
    objectKinds.map((kind) => [kind, new FreeNames((name) => taken.has(nameKeyOf({ kind, name })))]),
  );
  const renamed = (copy: Copy): readonly string[] => {
    const name = freeNames.get(copy.kind)?.nextTo(copy.name) ?? copy.name;
    taken.add(nameKeyOf({ ...copy, name }));
    return renameCmdlets(copy, name);
  };
  return [
    finding('name-clash', {
      detail: `${counted(clashing.length, 'name')} of ${partner.fqdn} borne on the other pool as well.`,
      objects: clashing.flatMap((copy) => {
        const bearer = bearers.get(nameKeyOf(copy));
        return bearer === undefined ? [found(copy)] : [found(bearer), found(copy)];
      }),
      action: `Rename them on ${partner.fqdn} while both pools are up, or import with -ResolveNameConflicts, which renames one of each two.`,
      powershell: clashing.flatMap(renamed),
    }),
  ];
}

/** The same object, owned by both. */
export function ownerClashes({ own, partnersOwn, pool, partner }: ReadinessContext): readonly Finding[] {
  const owned = byIdentity(own);
  const taken = partnersOwn.filter((copy) => owned.has(identityOf(copy)));
  return whereAny(taken, (objects) =>
    finding('owner-clash', {
      detail: `${counted(objects.length, 'object')} of ${pool.fqdn} owned by ${partner.fqdn} on ${partner.fqdn}.`,
      objects,
      action: `If ${pool.fqdn} is to stay the owner, remove them from ${partner.fqdn} and import them again without -OverwriteOwner.`,
      powershell: taken.map(removeCmdlet),
    }),
  );
}

/** The objects that the last export could put on the partner, and their copies there. */
export function standIns({ own, imported, lastExport }: ReadinessContext): {
  readonly missing: readonly Copy[];
  readonly outdated: readonly Copy[];
} {
  const there = byIdentity(imported.filter(({ ownerRemoved }) => !ownerRemoved));
  const exported = byIdentity(lastExport?.data.objects ?? []);
  return {
    missing: own.filter((copy) => exported.has(identityOf(copy)) && !there.has(identityOf(copy))),
    outdated: own.flatMap((copy) => {
      const standIn = there.get(identityOf(copy));
      const newer = exported.get(identityOf(copy));
      const stale =
        standIn !== undefined &&
        newer !== undefined &&
        standIn.lastChange.type === 'ResponseGroupsImported' &&
        !sameContent({ ...standIn, name: newer.name }, newer);
      return stale ? [standIn] : [];
    }),
  };
}

export function notOnPartner(context: ReadinessContext): readonly Finding[] {
  const { partner, lastExport } = context;
  if (lastExport === null) return [];
  const id = context.question === 'if-it-failed-now' ? 'not-pre-staged' : 'not-imported';
  return whereAny(standIns(context).missing, (objects) =>
    finding(id, {
      detail: `${counted(objects.length, 'object')} of ${printedExport(lastExport)} not on ${partner.fqdn}.`,
      objects,
      action: `Import ${printedExport(lastExport)} into ${partner.fqdn}, without -OverwriteOwner.`,
      powershell: importLast(context),
    }),
  );
}

export function outdatedCopies(context: ReadinessContext): readonly Finding[] {
  const { partner, lastExport } = context;
  if (lastExport === null) return [];
  return whereAny(standIns(context).outdated, (objects) =>
    finding('copy-outdated', {
      detail: `${counted(objects.length, 'object')} older on ${partner.fqdn} than in ${printedExport(lastExport)}.`,
      objects,
      action: 'Import it again.',
      powershell: importLast(context),
    }),
  );
}

const importLast = ({ partner, lastExport }: ReadinessContext): readonly string[] =>
  lastExport === null
    ? []
    : [importCmdlet({ destination: partner.fqdn, fileName: fileArgument(lastExport) })];

export function copiesOutOfService({ imported, pool, partner }: ReadinessContext): readonly Finding[] {
  const dead = imported.filter(({ ownerRemoved }) => ownerRemoved);
  return whereAny(dead, (objects) =>
    finding('copy-out-of-service', {
      detail: `${counted(objects.length, 'object')} removed from ${pool.fqdn}, with a copy left on ${partner.fqdn} that takes no calls.`,
      objects,
      action: `Create them on ${pool.fqdn} again, export and import; or remove the copies from ${partner.fqdn}.`,
      powershell: dead.map(removeCmdlet),
    }),
  );
}

export function leftoverCopies({
  pair,
  imported,
  pool,
  partner,
  files,
}: ReadinessContext): readonly Finding[] {
  return whereAny(
    imported.filter((copy) => !copy.ownerRemoved && isLeftover(pair, copy)),
    (objects) =>
      finding('leftover-copy', {
        detail: `${counted(objects.length, 'object')} of ${pool.fqdn} left on ${partner.fqdn} by an earlier incident.`,
        objects,
        action: `Once all of it is home, remove what ${pool.fqdn} owns from ${partner.fqdn}; or import a fresh export over it.`,
        powershell: [
          exportCmdlet({ source: partner.fqdn, owner: pool.fqdn, fileName: files.removed, remove: true }),
        ],
      }),
  );
}
