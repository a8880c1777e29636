/**
 * What readiness may print: no line that Poolkeeper would refuse to record as things stand, and none that would undo what
 * is on record.
 */
import { settingsToGive } from '../../facts/carried-settings.js';
import { runsBeforeServing } from '../../facts/copies.js';
import type { Copy, PoolFacts } from '../../facts/pair.js';
import { ownerInProduct } from '../../facts/former-names.js';
import { printedExport } from '../../facts/exports.js';
import { fileOnRecord, overwrittenBy, type Overwritten } from '../../facts/overwritten.js';
import { exportCmdlet, getCmdlet, importCmdlet } from '../../policy/cmdlets.js';
import { canBeExported, isDown } from '../../policy/stages.js';
import { identityOf } from '../../facts/identity.js';
import { few } from '../../policy/texts/few.js';
import { addressesHeld, changeAddressCmdlets } from './addresses.js';
import { changing } from './changing.js';
import { counted } from './finding.js';
import { fileArgument, type ReadinessContext } from './readiness-context.js';
import { wouldClash } from './would-clash.js';

/** What to do, and the lines for it; no line where nothing can be done at once. */
export interface Remedy {
  readonly action: string;
  readonly powershell: readonly string[];
}

/** A new file of what a pool hosts, or of what one owner has there. */
export const exporting = (
  source: PoolFacts,
  file: { readonly fileName: string; readonly owner?: string },
): readonly string[] => (canBeExported(source) ? [exportCmdlet({ source: source.fqdn, ...file })] : []);

/** Export of the pool itself. While it is down, only its database can answer. */
export function exportingPool({ pool, files }: ReadinessContext): Remedy {
  if (canBeExported(pool)) {
    return { action: `Export ${pool.fqdn}.`, powershell: exporting(pool, { fileName: files.own }) };
  }
  return {
    action: `Find out whether the back-end database of ${pool.fqdn} is up. If it is, record that with report-back-end-database, and export the pool.`,
    powershell: [],
  };
}

const named = (changes: readonly Overwritten[]): string =>
  few(changes, {
    word: ({ incoming, copy }) =>
      copy === null ? `${incoming.kind} ${incoming.name} (removed)` : `${copy.kind} ${copy.name}`,
  });

/** The import of the last export into the partner, where it would go through and undo nothing. */
export function importingLast(context: ReadinessContext): Remedy {
  const { pair, pool, partner, lastExport, files } = context;
  if (lastExport === null) return exportingPool(context);
  const file = printedExport(lastExport);
  if (isDown(partner.stage)) {
    return {
      action: `Bring ${partner.fqdn} back first; then import ${file} there, without -OverwriteOwner.`,
      powershell: [],
    };
  }
  const { objects } = lastExport.data;
  const undone = overwrittenBy(pair, fileOnRecord(pair, lastExport.data.exportId), partner.fqdn, objects);
  if (undone.length > 0) {
    return {
      action: `An import of ${file} into ${partner.fqdn} would also undo what was changed there: ${named(undone)}. Keep that in a file of its own first, and make what is missing or outdated on ${partner.fqdn} by the shell; or import, and make those changes again.`,
      powershell: exporting(partner, { owner: pool.fqdn, fileName: files.homeward }),
    };
  }
  const held = addressesHeld(pair, objects, partner.fqdn);
  const clashes = wouldClash(pair, objects, partner.fqdn);
  const moved = objects.some(({ owner, ...object }) => {
    const there = [...pair.copies.values()].find(
      (copy) => copy.parent === partner.fqdn && identityOf(copy) === identityOf(object),
    );
    return there !== undefined && there.owner !== owner;
  });
  const before = [
    ...(moved ? [`see to those that ${partner.fqdn} owns now (owner-clash)`] : []),
    ...(held.length > 0 ? [`give another address to ${counted(held.length, 'workflow')} there`] : []),
  ];
  const words = [
    ...(before.length === 0 ? [] : [`First ${before.join(', and ')}.`]),
    `Import ${file} into ${partner.fqdn}, without -OverwriteOwner.`,
    ...(clashes ? ['Rename what has a name of it first, or keep -ResolveNameConflicts.'] : []),
  ];
  return {
    action: words.join(' '),
    powershell: moved
      ? []
      : [
          ...held.flatMap(changeAddressCmdlets),
          importCmdlet({
            destination: partner.fqdn,
            fileName: fileArgument(lastExport),
            resolveNameConflicts: clashes,
          }),
        ],
  };
}

/** Export from the partner and import here; where the pool has changes of its own that the partner never had, one by one. */
export function bringingHome(context: ReadinessContext): Remedy {
  const { pair, pool, partner, imported, files } = context;
  const undone = overwrittenBy(pair, { pool: partner.fqdn, written: null }, pool.fqdn, imported);
  if (undone.length > 0) {
    return {
      action: `The import of an export from ${partner.fqdn} would undo what was changed on ${pool.fqdn}: ${named(undone)}. Change the objects on ${pool.fqdn} by hand as they are on ${partner.fqdn}; the export keeps that.`,
      powershell: exporting(partner, { owner: ownerForProduct(context), fileName: files.homeward }),
    };
  }
  const held = addressesHeld(pair, imported, pool.fqdn);
  const action = `Export from ${partner.fqdn} what ${pool.fqdn} owns, and import it.`;
  const isUp = !isDown(pool.stage) || runsBeforeServing(pool);
  if (!isUp || !canBeExported(partner) || held.length > 0) {
    const first = held.length > 0 ? `an address of a workflow is free on ${pool.fqdn}` : 'both pools are up';
    return {
      action: `Once ${first}: ${action}`,
      powershell: changing(
        pair,
        held.map(({ holder }) => holder),
        getting,
      ),
    };
  }
  return {
    action,
    powershell: [
      ...exporting(partner, { owner: ownerForProduct(context), fileName: files.homeward }),
      importCmdlet({
        destination: pool.fqdn,
        fileName: files.homeward,
        overwriteOwner: true,
        replaceSettings: settingsToGive(pair, pool)?.onPartner === true,
        resolveNameConflicts: wouldClash(pair, imported, pool.fqdn),
      }),
    ],
  };
}

/** Of what stands in, or is left over; the product knows it as that of the pool that was there when it was imported. */
export const ownerForProduct = ({ pair, pool, imported }: ReadinessContext): string => {
  const copy = imported.find(({ ownerRemoved }) => !ownerRemoved) ?? imported[0];
  return copy === undefined ? pool.fqdn : ownerInProduct(pair, copy);
};

const getting = (copy: Copy): readonly string[] => [getCmdlet(copy)];
