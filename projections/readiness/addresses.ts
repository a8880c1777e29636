/** Addresses that an import would bring to one workflow while another, at its destination, holds them. */
import type { ObjectKind, Properties } from '../../events/vocabulary.js';
import { primaryUriHeldBy } from '../../facts/copies.js';
import { byIdentity, identityOf } from '../../facts/identity.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { printedExport } from '../../facts/exports.js';
import { editCmdlets } from '../../policy/cmdlets.js';
import { quoted } from '../../text/powershell.js';
import { FreeUris } from '../../policy/names.js';
import { canBeChanged } from './changing.js';
import { counted, finding, whereAny, type Finding } from './finding.js';
import type { ReadinessContext } from './readiness-context.js';

interface Incoming {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly properties: Properties;
}

/** A workflow that has to give up its address before an import goes through, and one that it could take instead. */
export interface HeldAddress {
  readonly holder: Copy;
  readonly freeUri: string;
}

const uriOf = ({ kind, properties }: Pick<Incoming, 'kind' | 'properties'>): string | null => {
  const uri = properties['primaryUri'];
  return kind === 'workflow' && typeof uri === 'string' ? uri : null;
};

const key = (uri: string): string => uri.toLowerCase();

/**
 * The file may be older than the pool: of a workflow that was removed since, the address may belong to another.
 * -ResolveNameConflicts resolves names only, so the whole import fails.
 */
export function addressesHeld(
  pair: PairFacts,
  objects: readonly Incoming[],
  destination: string,
): readonly HeldAddress[] {
  const coming = byIdentity(objects);
  const urisComing = new Set(objects.flatMap((object) => uriOf(object) ?? []).map(key));
  const holders = [...pair.copies.values()].filter((copy) => {
    const uri = uriOf(copy);
    return (
      copy.parent === destination &&
      !coming.has(identityOf(copy)) &&
      uri !== null &&
      urisComing.has(key(uri)) &&
      primaryUriHeldBy(copy, uri)
    );
  });
  const taken = new Set([
    ...urisComing,
    ...[...pair.copies.values()].flatMap((copy) => uriOf(copy) ?? []).map(key),
  ]);
  const freeUris = new FreeUris((uri) => taken.has(key(uri)));
  return holders.map((holder) => {
    const freeUri = freeUris.nextTo(uriOf(holder) ?? '');
    taken.add(key(freeUri));
    return { holder, freeUri };
  });
}

export const changeAddressCmdlets = ({ holder, freeUri }: HeldAddress): readonly string[] =>
  editCmdlets(holder, `$object.PrimaryUri = ${quoted(freeUri)}`);

export function addressClashes({ pair, pool, partner, lastExport }: ReadinessContext): readonly Finding[] {
  if (lastExport === null) return [];
  const held = addressesHeld(pair, lastExport.data.objects, partner.fqdn);
  return whereAny(
    held.map(({ holder }) => holder),
    (objects) =>
      finding('address-clash', {
        detail: `${counted(objects.length, 'workflow')} of ${partner.fqdn} with an address that ${printedExport(lastExport)} has for another workflow.`,
        objects,
        action: `Give them another address on ${partner.fqdn}, or export ${pool.fqdn} again if it no longer has those workflows and can still be exported.`,
        powershell: held.filter(({ holder }) => canBeChanged(pair, holder)).flatMap(changeAddressCmdlets),
      }),
  );
}
