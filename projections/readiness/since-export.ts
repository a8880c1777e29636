/** The recovery point: how old the last export is, and what has changed since. */
import type { Removal } from '../../facts/journal.js';
import { copyKey, type Copy } from '../../facts/pair.js';
import { exportCmdlet } from '../../policy/cmdlets.js';
import { sameJson } from '../../policy/same-json.js';
import { counted, finding, tickOf, whereAny, type Finding, type FoundObject } from './finding.js';
import { byIdentity, fileOf, identityOf, sameContent, type Situation } from './readiness-context.js';

const hour = 3_600_000;

/** Milliseconds; null where nothing was exported. An export that was dated ahead has no age. */
export const ageOf = ({ now, lastExport }: Pick<Situation, 'now' | 'lastExport'>): number | null =>
  lastExport === null ? null : Math.max(0, Date.parse(now) - Date.parse(lastExport.occurredAt));

export const isTooOld = (situation: Situation): boolean => {
  const age = ageOf(situation);
  return age === null || age > situation.exportAgeTargetHours * hour;
};

export function exportAge(situation: Situation): readonly Finding[] {
  const { pool, lastExport, own, exportAgeTargetHours } = situation;
  const age = ageOf(situation);
  const act = { action: 'Export the pool.', powershell: exportNow(situation) };
  if (lastExport === null || age === null) {
    if (own.length === 0) {
      const unknown = `Nothing of ${pool.fqdn} is recorded: no object, and no export.`;
      return [
        finding('nothing-known', {
          ...act,
          detail: unknown,
          action: 'Export the pool and record the file, also where it turns out to have no response groups.',
        }),
      ];
    }
    const detail = `No export of ${pool.fqdn} is recorded; it owns ${counted(own.length, 'object')}.`;
    return [finding('never-exported', { detail, ...act })];
  }
  if (!isTooOld(situation)) return [];
  const detail = `The last export of ${pool.fqdn}, ${fileOf(lastExport)}, is ${Math.floor(age / hour)} hours old; the target is ${exportAgeTargetHours}.`;
  return [finding('export-too-old', { detail, ...act })];
}

export const exportNow = ({ pool, files }: Situation): readonly string[] => [
  exportCmdlet({ source: pool.fqdn, fileName: files.own }),
];

/** What no export and no copy in service on the partner has as it is. */
export function unsaved({ own, imported, lastExport }: Situation): {
  readonly created: readonly Copy[];
  readonly changed: readonly Copy[];
} {
  const exported = byIdentity(lastExport?.data.objects ?? []);
  const standIns = byIdentity(imported.filter(({ ownerRemoved }) => !ownerRemoved));
  const versionsOf = (copy: Copy) =>
    [exported, standIns].flatMap((where) => where.get(identityOf(copy)) ?? []);
  const lost = own.filter((copy) => !versionsOf(copy).some((version) => sameContent(version, copy)));
  return {
    created: lost.filter((copy) => versionsOf(copy).length === 0),
    changed: lost.filter((copy) => versionsOf(copy).length > 0),
  };
}

export function changesSinceExport(situation: Situation): readonly Finding[] {
  const { created, changed } = unsaved(situation);
  const whereTo = `Export ${situation.pool.fqdn} again${situation.question === 'if-it-failed-now' ? '' : ', as long as its back-end database can be reached'}.`;
  const since = situation.lastExport === null ? 'in no export' : 'not in the last export';
  return [
    ...whereAny(created, (objects) =>
      finding('created-since-export', {
        detail: `${counted(objects.length, 'object')} ${since}, ${fileNamed(situation)}.`,
        objects,
        atStake: objects.length,
        action: whereTo,
        powershell: exportNow(situation),
      }),
    ),
    ...whereAny(changed, (objects) =>
      finding('changed-since-export', {
        detail: `${counted(objects.length, 'object')} changed since the last export, ${fileNamed(situation)}.`,
        objects,
        atStake: objects.length,
        action: whereTo,
        powershell: exportNow(situation),
      }),
    ),
  ];
}

const fileNamed = ({ lastExport }: Situation): string =>
  lastExport === null ? 'for there is none' : fileOf(lastExport);

export function removedSinceExport(situation: Situation): readonly Finding[] {
  const { pair, pool, own, lastExport } = situation;
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
        changed: removal === undefined ? null : tickOf(removal),
      };
    });
  if (objects.length === 0) return [];
  return [
    finding('removed-since-export', {
      detail: `${counted(objects.length, 'object')} of ${fileOf(lastExport)} no longer on ${pool.fqdn}.`,
      objects,
      action: `Export ${pool.fqdn} again.`,
      powershell: exportNow(situation),
    }),
  ];
}

export function settingsSinceExport(situation: Situation): readonly Finding[] {
  const { pool, lastExport } = situation;
  if (lastExport === null || sameJson(pool.applicationSettings, lastExport.data.applicationSettings))
    return [];
  return [
    finding('settings-changed-since-export', {
      detail: `The application settings of ${pool.fqdn} are not those in ${fileOf(lastExport)}.`,
      atStake: 1,
      action: `Export ${pool.fqdn} again.`,
      powershell: exportNow(situation),
    }),
  ];
}
