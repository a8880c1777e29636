/** Whether a file is of the pool that it is added to: a file of another pool would empty or falsify its record. */
import type { ExportedObject } from '../../../../events/transfer.js';
import { copyOf, partnerOf } from '../../../../facts/copies.js';
import type { Copy, PairFacts } from '../../../../facts/pair.js';
import { few } from '../../../../policy/texts/few.js';
import { allowed, refusedBy, warn, type Ruling } from '../../rules.js';
import { hostedBy, isCopyOfSame, labelOf } from '../hosted.js';
import type { AddExport, FileContent } from './file-content.js';

/** Findings that tell of something that the file may hold and the record does not: then it is no proof of an empty pool. */
const leftOut: ReadonlySet<string> = new Set([
  'file-missing',
  'object-without-identity',
  'owner-elsewhere',
  'findings-left-out',
]);

/**
 * A file says of which pool it is: by the service in its identities, or else by what it holds. Where it is of the pool, but
 * holds nothing that the pool owns, all that is on record of the pool's own would go: that is so of a pool that was emptied,
 * and of a file that was exported with -Owner.
 */
export function exportIsOfThisPool(
  pair: PairFacts,
  command: AddExport,
  content: FileContent,
  outdated: boolean,
): Ruling {
  const { pool, owner = pool } = command;
  const parents = command.content.parents ?? [];
  const own = hostedBy(pair, pool).filter((copy) => copy.owner === owner);
  const shown = content.objects.some((object) => object.owner === owner);
  if (parents.length === 0) {
    const standsIn = content.objects.every(({ kind, id }) => copyOf(pair, pool, kind, id) !== undefined);
    if (shown || (own.length === 0 && standsIn)) return allowed();
    return command.emptied === true && content.objects.length === 0
      ? warnOfEmptied(command, own, own)
      : nothingSaysSo(pair, command, content.objects, own);
  }
  if (!parents.includes(pool.toLowerCase())) return isOfAnotherPool(pair, pool, parents);
  if (shown || outdated || own.length === 0) return allowed();
  const gone = own.filter((copy) => !content.objects.some((object) => isSame(object, copy)));
  const isEmpty = content.objects.length === 0 && !content.findings.some(({ code }) => leftOut.has(code));
  return gone.length < own.length || isEmpty || command.emptied === true
    ? warnOfEmptied(command, own, gone)
    : mayBeRestricted(pair, command, own);
}

/** Whatever its owner is by now. */
const isSame = (object: ExportedObject, copy: Copy): boolean =>
  isCopyOfSame({ ...object, owner: copy.owner }, copy);

function isOfAnotherPool(pair: PairFacts, pool: string, parents: readonly string[]): Ruling {
  const named = few(parents, { word: (parent) => parent });
  const known = pair.pools.map(({ fqdn }) => fqdn).find((fqdn) => parents.includes(fqdn.toLowerCase()));
  const [first = pool] = parents;
  return refusedBy(
    'export-is-of-this-pool',
    known === undefined
      ? `The file was exported from ${named}, which is no pool of this pair: add it to that pool, once its pair is registered.`
      : `The file was exported from ${named}, not from ${pool}: add it to that pool.`,
    {
      allowed:
        known === undefined
          ? ['register-pair', `export add --pool ${first}`]
          : [`export add --pool ${known}`],
    },
  );
}

function nothingSaysSo(
  pair: PairFacts,
  { pool, owner = pool }: AddExport,
  objects: readonly ExportedObject[],
  own: readonly Copy[],
): Ruling {
  const partner = partnerOf(pair, pool).fqdn;
  return objects.length === 0
    ? refusedBy(
        'export-is-of-this-pool',
        `The file holds no object of this pair, and ${pool} is known to host ${own.length} that ${owner} owns. If the pool is empty now, say so (emptied); else export it again.`,
        { allowed: ['emptied', 'remove-object'] },
      )
    : refusedBy(
        'export-is-of-this-pool',
        `The file names no pool that it was exported from, and holds no object that ${owner} owns. If it was exported with -Owner, name that owner; if it is of another pool, add it there.`,
        { allowed: ['owner', `export add --pool ${partner}`] },
      );
}

function mayBeRestricted(pair: PairFacts, { pool, owner = pool }: AddExport, own: readonly Copy[]): Ruling {
  const others = pair.pools.filter(({ fqdn }) => fqdn !== owner).map(({ fqdn }) => fqdn);
  return refusedBy(
    'export-is-of-this-pool',
    `The file of ${pool} holds none of the ${own.length} objects that ${owner} owns there. If it was exported with -Owner, name that owner (owner: ${others.join(', ')}); if ${owner} owns nothing there any more, say so (emptied).`,
    { allowed: ['owner', 'emptied'] },
  );
}

/** `gone`: what is not in the file. The rest has another owner in it. */
function warnOfEmptied(
  { pool, owner = pool }: AddExport,
  own: readonly Copy[],
  gone: readonly Copy[],
): Ruling {
  const handedOver = own.filter((copy) => !gone.includes(copy));
  return allowed({
    warnings: [
      ...(gone.length === 0
        ? []
        : warn(
            'pool-emptied',
            `The file holds nothing that ${owner} owns on ${pool}, so ${gone.length} objects are removed from the record: ${few(gone, { word: labelOf })}.`,
          )),
      ...(handedOver.length === 0
        ? []
        : warn(
            'owner-changed',
            `In the file these belong to another pool than on record: ${few(handedOver, { word: labelOf })}.`,
          )),
    ],
  });
}
