/** The recovery point: how old the last export is, and what has changed since. */
import { applicationSettingsKind, type ObjectKind } from '../../events/vocabulary.js';
import type { Removal } from '../../facts/event-ref.js';
import { copyOf } from '../../facts/copies.js';
import { copyKey, type Copy } from '../../facts/pair.js';
import { objectsOf, type Content } from '../../facts/content.js';
import { printedExport } from '../../facts/exports.js';
import { fileKnownAt } from '../../facts/file-time.js';
import { sameJson } from '../../policy/same-json.js';
import { few } from '../../policy/texts/few.js';
import { differencesBetween } from '../../policy/differences/differences.js';
import { differenceText } from '../../policy/differences/text.js';
import { counted, finding, completionOf, whereAny, type Finding, type FoundObject } from './finding.js';
import { byIdentity, identityOf } from '../../facts/identity.js';
import { exportingPool } from './remedies.js';
import { sameContent, type ReadinessContext } from './readiness-context.js';

const hour = 3_600_000;

/** Since the file was written, or where nothing says when that was, since it was added. Milliseconds; null where nothing was exported. An export that was dated ahead has no age. */
export const ageOf = ({ now, lastExport }: Pick<ReadinessContext, 'now' | 'lastExport'>): number | null =>
  lastExport === null ? null : Math.max(0, Date.parse(now) - Date.parse(fileKnownAt(lastExport)));

export const isTooOld = (context: ReadinessContext): boolean => {
  const age = ageOf(context);
  return age === null || age > context.exportAgeTargetHours * hour;
};

export function exportAge(context: ReadinessContext): readonly Finding[] {
  const { pool, lastExport, own, exportAgeTargetHours } = context;
  const age = ageOf(context);
  const act = exportingPool(context);
  if (lastExport === null || age === null) {
    if (own.length === 0) {
      const unknown = `Nothing of ${pool.fqdn} is recorded: no object, and no export.`;
      return [
        finding('nothing-known', {
          detail: unknown,
          action: `${act.action} Record the file also where it turns out to have no response groups.`,
          powershell: act.powershell,
        }),
      ];
    }
    const where = pool.lastExport === undefined ? '' : ` in its pair with ${context.partner.fqdn}`;
    const detail = `No export of ${pool.fqdn} is recorded${where}; it owns ${counted(own.length, 'object')}.${exportElsewhere(context)}`;
    return [finding('never-exported', { detail, ...act })];
  }
  if (!isTooOld(context)) return [];
  const detail = `The last export of ${pool.fqdn}, ${printedExport(lastExport)}, is ${counted(Math.floor(age / hour), 'hour')} old; the target is ${exportAgeTargetHours}.`;
  return [finding('export-too-old', { detail, ...act })];
}

/** The pair that a pool left keeps its files: nothing here is compared with them. Empty where there is none. */
function exportElsewhere({ pool, now }: ReadinessContext): string {
  const { lastExport } = pool;
  if (lastExport === undefined) return '';
  const { fileName, exportId, knownAt, partner } = lastExport;
  const age = counted(Math.floor(Math.max(0, Date.parse(now) - Date.parse(knownAt)) / hour), 'hour');
  return ` The last one, ${fileName ?? `export ${exportId}`}, is ${age} old and was made in its former pair with ${partner}: where the file is there still, \`poolkeeper export add --pool ${pool.fqdn}\` puts it on record here, and it is imported like every other.`;
}

/** Objects whose present form is in no export and in no copy on the partner. */
export function unsaved({ own, imported, lastExport }: ReadinessContext): {
  readonly created: readonly Copy[];
  readonly changed: readonly Copy[];
} {
  const exported: ReadonlyMap<string, Content> = lastExport === null ? new Map() : objectsOf(lastExport.data);
  const standIns: ReadonlyMap<string, Content> = byIdentity(
    imported.filter(({ ownerRemoved }) => !ownerRemoved),
  );
  const versionsOf = (copy: Copy) =>
    [exported, standIns].flatMap((where) => where.get(identityOf(copy)) ?? []);
  const lost = own.filter((copy) => !versionsOf(copy).some((version) => sameContent(version, copy)));
  return {
    created: lost.filter((copy) => versionsOf(copy).length === 0),
    changed: lost.filter((copy) => versionsOf(copy).length > 0),
  };
}

export function changesSinceExport(context: ReadinessContext): readonly Finding[] {
  const { created, changed } = unsaved(context);
  return [...createdSinceExport(context, created), ...changedSinceExport(context, changed)];
}

function createdSinceExport(context: ReadinessContext, created: readonly Copy[]): readonly Finding[] {
  const since = context.lastExport === null ? 'in no export' : 'not in the last export';
  return whereAny(created, (objects) =>
    finding('created-since-export', {
      detail: `${counted(objects.length, 'object')} ${since}, ${fileNamed(context)}.`,
      objects,
      atStake: objects.length,
      ...exportingPool(context),
    }),
  );
}

/** Of these copies, each of which the last file has in another form. */
export const changedSinceExport = (context: ReadinessContext, changed: readonly Copy[]): readonly Finding[] =>
  whereAny(changed, (objects, copies) =>
    finding('changed-since-export', {
      detail: `${counted(objects.length, 'object')} changed since the last export, ${fileNamed(context)}.${changesOf(context, copies)}`,
      objects,
      atStake: objects.length,
      ...exportingPool(context),
    }),
  );

/** How the first few differ from the file; empty where it has none of them. */
function changesOf({ pair, pool, lastExport }: ReadinessContext, copies: readonly Copy[]): string {
  const exported = byIdentity(lastExport?.data.objects ?? []);
  const nameOf = (kind: ObjectKind, id: string): string | undefined =>
    copyOf(pair, pool.fqdn, kind, id)?.name ?? exported.get(identityOf({ kind, id }))?.name;
  const told = copies.flatMap((copy) => {
    const version = exported.get(identityOf(copy));
    if (version === undefined) return [];
    const found = differencesBetween(copy.kind, version, copy, nameOf).map(differenceText);
    return found.length === 0 ? [] : [`${copy.name}: ${few(found, { word: (one) => one })}`];
  });
  return told.length === 0 ? '' : ` ${few(told, { word: (one) => one, separator: '; ' })}.`;
}

const fileNamed = ({ lastExport }: ReadinessContext): string =>
  lastExport === null ? 'for there is none' : printedExport(lastExport);

export function removedSinceExport(context: ReadinessContext): readonly Finding[] {
  const { pair, pool, own, lastExport } = context;
  if (lastExport === null) return [];
  const there = byIdentity(own);
  const objects = lastExport.data.objects
    .filter((object) => object.owner === pool.fqdn && !there.has(identityOf(object)))
    .map(({ kind, id, name, owner }): FoundObject => {
      const removal: Removal | undefined = pair.removed.get(copyKey(pool.fqdn, kind, id));
      return {
        id,
        kind,
        name,
        owner,
        parent: pool.fqdn,
        changed: removal === undefined ? null : completionOf(removal),
      };
    });
  if (objects.length === 0) return [];
  return [
    finding('removed-since-export', {
      detail: `${counted(objects.length, 'object')} of ${printedExport(lastExport)} no longer on ${pool.fqdn}.`,
      objects,
      ...exportingPool(context),
    }),
  ];
}

export function settingsSinceExport(context: ReadinessContext): readonly Finding[] {
  const { pool, lastExport } = context;
  if (lastExport === null || sameJson(pool.applicationSettings, lastExport.data.applicationSettings))
    return [];
  const found = differencesBetween(
    applicationSettingsKind,
    { name: applicationSettingsKind, properties: lastExport.data.applicationSettings },
    { name: applicationSettingsKind, properties: pool.applicationSettings },
    () => undefined,
  );
  const told =
    found.length === 0 ? '' : `: ${few(found.map(differenceText), { word: (one) => one, separator: '; ' })}`;
  return [
    finding('settings-changed-since-export', {
      detail: `The application settings of ${pool.fqdn} are not those in ${printedExport(lastExport)}${told}.`,
      atStake: 1,
      ...exportingPool(context),
    }),
  ];
}
