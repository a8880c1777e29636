/** Names that an import into the partner would meet there. */
import { objectKinds } from '../../events/vocabulary.js';
import { printedExport } from '../../facts/exports.js';
import { byIdentity, identityOf, nameKeyOf } from '../../facts/identity.js';
import type { Copy } from '../../facts/pair.js';
import { renameCmdlets } from '../../policy/cmdlets.js';
import { FreeNames } from '../../policy/names.js';
import { canBeExported } from '../../policy/stages.js';
import { few } from '../../policy/texts/few.js';
import { counted, finding, found, whereAny, type Finding } from './finding.js';
import type { ReadinessContext } from './readiness-context.js';
import { changing } from './changing.js';
import { exportingPool } from './remedies.js';
import { type Named } from './would-clash.js';

/** What the file has can no longer be replaced by what the pool has now. */
const fileIsAllThereIs = ({ pool }: ReadinessContext): boolean => !canBeExported(pool);

const byName = <Object extends Named>(objects: readonly Object[]): ReadonlyMap<string, Object> =>
  new Map(objects.map((object) => [nameKeyOf(object), object]));

const bearsNameOf = (names: ReadonlyMap<string, Named>, copy: Copy): boolean => {
  const bearer = names.get(nameKeyOf(copy));
  return bearer !== undefined && identityOf(bearer) !== identityOf(copy);
};

/**
 * Same kind and name, another identity: of what the pool has and, where it cannot be exported again, of what its last
 * export has. Under -ResolveNameConflicts one of the two is renamed.
 */
export function nameClashes(context: ReadinessContext): readonly Finding[] {
  const { pair, own, partnersOwn, partner, lastExport } = context;
  const bearers = byName(own);
  const exported = byName(fileIsAllThereIs(context) ? (lastExport?.data.objects ?? []) : []);
  const clashing = partnersOwn.filter((copy) =>
    [bearers, exported].some((names) => bearsNameOf(names, copy)),
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
      powershell: changing(pair, clashing, renamed),
    }),
  ];
}

/** The last file has an object under a name that the partner has for another, while the pool itself no longer does. */
export function exportClashes(context: ReadinessContext): readonly Finding[] {
  const { own, partnersOwn, pool, partner, lastExport } = context;
  if (lastExport === null || fileIsAllThereIs(context)) return [];
  const bearers = byName(own);
  const exported = byName(lastExport.data.objects.filter(({ owner }) => owner === pool.fqdn));
  const clashing = partnersOwn.filter((copy) => bearsNameOf(exported, copy) && !bearsNameOf(bearers, copy));
  const here = byIdentity(own);
  const nowNamed = (copy: Copy): string => {
    const there = exported.get(nameKeyOf(copy));
    const now = there === undefined ? undefined : here.get(identityOf(there));
    return now === undefined
      ? `${copy.kind} "${copy.name}" is no longer here`
      : `${copy.kind} "${copy.name}" is "${now.name}" here now`;
  };
  return whereAny(clashing, (objects) =>
    finding('export-clashes', {
      detail: `${counted(clashing.length, 'name')} in ${printedExport(lastExport)} that ${partner.fqdn} has for another object: ${few(clashing, { word: nowNamed })}.`,
      objects,
      ...exportingPool(context),
    }),
  );
}
