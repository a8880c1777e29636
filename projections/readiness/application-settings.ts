/** The one set of application settings per pool: lost, carried over those of the partner, or changed while away. */
import type { Properties } from '../../events/vocabulary.js';
import { settingsCarriedFrom, settingsToGive } from '../../facts/carried-settings.js';
import { defaultApplicationSettings } from '../../policy/application-settings.js';
import { showSettingsCmdlet } from '../../policy/cmdlets.js';
import { stageChangeOf } from '../../policy/stages.js';
import { sameJson } from '../../policy/same-json.js';
import { settingSettings } from './changing.js';
import { finding, type Finding } from './finding.js';
import { exporting } from './remedies.js';
import { importsInto, type ReadinessContext } from './readiness-context.js';

const areDefault = (settings: ReadinessContext['pool']['applicationSettings']): boolean =>
  sameJson(settings, defaultApplicationSettings);

export function settingsAtStake(context: ReadinessContext): readonly Finding[] {
  const { pool, partner, files } = context;
  if (sameJson(pool.applicationSettings, partner.applicationSettings)) return [];
  if (areDefault(pool.applicationSettings)) {
    const detail = `${pool.fqdn} has the default settings, ${partner.fqdn} has its own.`;
    const action = 'Import without -ReplaceExistingRgsSettings.';
    return [finding('settings-would-be-overwritten', { detail, action })];
  }
  return [
    finding('settings-differ', {
      detail: `${pool.fqdn} and ${partner.fqdn} have different application settings.`,
      action: `Decide beforehand whether to import with -ReplaceExistingRgsSettings, and export ${partner.fqdn} first: an import with that switch overwrites what it has.`,
      powershell: [
        showSettingsCmdlet(pool.fqdn),
        showSettingsCmdlet(partner.fqdn),
        ...exporting(partner, { fileName: files.partners }),
      ],
    }),
  ];
}

export function settingsNotCarried(context: ReadinessContext): readonly Finding[] {
  const { pair, pool, partner, files } = context;
  const settings = pool.applicationSettings;
  const there =
    sameJson(settings, partner.applicationSettings) ||
    sameJson(settings, settingsCarriedFrom(pair, pool)?.settings);
  if (areDefault(settings) || there) return [];
  const setting = settingSettings(pair, partner, settings);
  return [
    finding('settings-not-carried', {
      detail: `The application settings of ${pool.fqdn} are not on ${partner.fqdn}.`,
      atStake: 1,
      // An import with -ReplaceExistingRgsSettings would bring the objects of the file as well, over what was changed since.
      action:
        setting.length > 0
          ? `If ${pool.fqdn} may never come back, export ${partner.fqdn}, which keeps its own settings, and set those of ${pool.fqdn} there; the music needs its original file.`
          : `If ${pool.fqdn} may never come back, set its settings on ${partner.fqdn} once that serves again.`,
      powershell: setting.length > 0 ? [...exporting(partner, { fileName: files.partners }), ...setting] : [],
    }),
  ];
}

/** What the partner runs under has to come home with -ReplaceExistingRgsSettings, or to the pool in the place of its owner. */
export const settingsAwayFromHome = (context: ReadinessContext): boolean =>
  settingsToGive(context.pair, context.pool)?.onPartner ?? changedAwayFromHome(context);

/** The settings that the pool has to get, as somebody would set them there by hand; null where it lacks none. */
export const settingsLacking = (context: ReadinessContext): Properties | null =>
  settingsToGive(context.pair, context.pool)?.settings ??
  (changedAwayFromHome(context) ? context.partner.applicationSettings : null);

/** Carried to the partner, changed there, and not brought home. */
function changedAwayFromHome(context: ReadinessContext): boolean {
  const { pair, pool, partner } = context;
  const carried = settingsCarriedFrom(pair, pool);
  const { settingsChange: change, applicationSettings: settings } = partner;
  if (carried === null || change?.type !== 'ObjectModified' || change.position <= carried.position)
    return false;
  if (sameJson(settings, carried.previous)) return false;
  if (sameJson(settings, pool.applicationSettings)) return false;
  if (!wasStandingIn(context, change.position)) return false;
  return !importsInto(pair, pool.fqdn).some(
    ({ data, position }) =>
      position > change.position &&
      data.replaceExistingSettings &&
      sameJson(pair.exports.get(data.exportId)?.applicationSettings, settings),
  );
}

/** Before the pool goes down and once it is back, changing the partner's settings is changing the partner's own. */
function wasStandingIn({ pair, pool }: ReadinessContext, position: bigint): boolean {
  const last = pair.incidentLog.findLast(
    (event) =>
      event.position < position &&
      'pool' in event.data &&
      event.data.pool === pool.fqdn &&
      stageChangeOf(event.type) !== undefined,
  );
  // A failover that failed may have led back to normal: then it ended its incident.
  const inIncident = pair.incidents.some(
    (incident) =>
      incident.pool === pool.fqdn &&
      incident.startedAtPosition < position &&
      (incident.endedAtPosition === null || incident.endedAtPosition > position),
  );
  return inIncident && last !== undefined && last.type !== 'FailbackCompleted';
}

export function settingsToBringHome(context: ReadinessContext): readonly Finding[] {
  const { pair, pool, partner } = context;
  // Of a pool in the place of another, `settings-of-lost-pool` says it.
  if (settingsToGive(pair, pool) !== null || !changedAwayFromHome(context)) return [];
  const setting = settingSettings(pair, pool, partner.applicationSettings);
  return [
    finding('settings-to-bring-home', {
      detail: `The settings that ${partner.fqdn} took over from ${pool.fqdn} were changed there.`,
      atStake: 1,
      action:
        setting.length > 0
          ? `Set them on ${pool.fqdn} as they are on ${partner.fqdn}; the music needs its original file.`
          : `Once ${pool.fqdn} serves again, set them there as they are on ${partner.fqdn}.`,
      powershell: setting,
    }),
  ];
}

/** The settings of the partner before those of the pool replaced them, until somebody sets them again. */
export function settingsOfPartnerBefore(
  context: ReadinessContext,
): ReadinessContext['pool']['applicationSettings'] | null {
  const { pair, pool, partner } = context;
  const { settingsChange: change, applicationSettings: settings } = partner;
  const replaced = settingsCarriedFrom(pair, pool);
  if (replaced === null) return null;
  const failedBack = pair.incidentLog.findLast(
    ({ type, data }) => type === 'FailbackCompleted' && data.pool === pool.fqdn,
  );
  const chosenSince =
    change !== null &&
    change.type === 'ObjectModified' &&
    failedBack !== undefined &&
    change.position > failedBack.position;
  return chosenSince || sameJson(settings, replaced.previous) ? null : replaced.previous;
}

export function partnersSettingsOverwritten(context: ReadinessContext): readonly Finding[] {
  const { pair, partner } = context;
  const before = settingsOfPartnerBefore(context);
  if (before === null) return [];
  const first = neededOnPartner(context);
  return [
    finding('backup-settings-overwritten', {
      detail: `${partner.fqdn} has the application settings of its partner instead of its own.`,
      action:
        first === null
          ? 'Set them again; the music needs its original file.'
          : `${first} Then set its own again.`,
      powershell: first === null ? settingSettings(pair, partner, before) : [],
    }),
  ];
}

/** What has to come first, before the partner gets its own settings back and those that it has are gone; null where nothing has. */
export function neededOnPartner(context: ReadinessContext): string | null {
  const { pair, pool, partner } = context;
  const open = settingsToGive(pair, pool);
  if (open !== null)
    return `${pool.fqdn} is in stage ${pool.stage} and does not have the application settings of ${open.lost} yet: give it those first.`;
  return changedAwayFromHome(context)
    ? `${pool.fqdn} is in stage ${pool.stage} and does not have yet what was changed on ${partner.fqdn} of its application settings: bring that home first.`
    : null;
}
