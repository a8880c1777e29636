import { settingsToGive, type SettingsToGive } from '../../../../facts/carried-settings.js';
import { partnerOf, primaryUriOf, requirePool } from '../../../../facts/copies.js';
import { nameKeyOf } from '../../../../facts/identity.js';
import type { Copy, PairFacts } from '../../../../facts/pair.js';
import { isDown } from '../../../../policy/stages.js';
import { sameJson } from '../../../../policy/same-json.js';
import { few, fewSentences } from '../../../../policy/texts/few.js';
import { allowed, refusedBy, warn, type Ruling } from '../../rules.js';
import { waysToward } from '../alone.js';
import { labelOf } from '../hosted.js';
import {
  holdsSettings,
  settingsDiffer,
  type Import,
  type ImportPlan,
  type PlannedObject,
} from './import-plan.js';

export function destinationMustBeUp(pair: PairFacts, destination: string): Ruling {
  const pool = requirePool(pair, destination);
  // A pool that takes the place of another is built and runs, before it serves.
  if (!isDown(pool.stage) || pool.replaces !== undefined) return allowed();
  return refusedBy('destination-must-be-up', `Pool ${pool.fqdn} is in stage ${pool.stage}.`, {
    allowed: waysToward(pair, pool, (stage) => !isDown(stage), 'destination'),
  });
}

/** The directory still lists the groups of a pool whose database is empty, so an import must overwrite their owner. */
export function rebuiltDestinationNeedsOverwriteOwner(plan: ImportPlan, command: Import): Ruling {
  const empty = plan.staying.length === 0 && plan.objects.every(({ existing }) => existing === undefined);
  const owns = plan.objects.some(({ incoming }) => incoming.owner === plan.destination);
  if (!empty || !owns || command.overwriteOwner === true) return allowed();
  return refusedBy(
    'rebuilt-destination-needs-overwrite-owner',
    `Pool ${plan.destination} owns the exported objects but hosts none: import them with overwriteOwner.`,
    { allowed: ['overwriteOwner'] },
  );
}

interface Clash {
  readonly detail: string;
  readonly remedies: readonly string[];
}

/** One clash refuses the whole import, and the refusal lists them all. */
export function noClashes(plan: ImportPlan, command: Import): Ruling {
  const bearers = Map.groupBy(plan.staying, nameKeyOf);
  const clashes = plan.objects.flatMap((planned) => [
    ...(command.overwriteOwner === true ? [] : ownersClash(planned)),
    ...namesClash(plan, planned, bearers),
  ]);
  if (clashes.length === 0) return allowed();
  return refusedBy('name-clash', fewSentences(clashes.map(({ detail }) => detail)), {
    allowed: [...new Set(clashes.flatMap(({ remedies }) => remedies))],
  });
}

function ownersClash({ existing, result }: PlannedObject): readonly Clash[] {
  if (existing === undefined || existing.owner === result.owner) return [];
  const detail = `The ${labelOf(existing)} on ${existing.parent} is owned by ${existing.owner}, in the file by ${result.owner}.`;
  return [{ detail, remedies: ['overwriteOwner'] }];
}

/** @param bearers the copies that stay, by `nameKeyOf` */
function namesClash(
  { destination }: ImportPlan,
  { result }: PlannedObject,
  bearers: ReadonlyMap<string, readonly Copy[]>,
): readonly Clash[] {
  return (bearers.get(nameKeyOf(result)) ?? []).map((copy) => {
    const removed = copy.ownerRemoved ? ', which its owner has removed' : '';
    return {
      detail: `The ${labelOf(result)} has the name of the ${labelOf(copy)} on ${destination}${removed}.`,
      remedies: ['resolveNameConflicts', copy.ownerRemoved ? 'remove-object' : 'modify-object'],
    };
  });
}

export function primaryUrisFree(plan: ImportPlan): Ruling {
  const holders = new Map<string, Copy>();
  for (const copy of plan.staying) {
    const held = primaryUriOf(copy)?.toLowerCase();
    if (held !== undefined && !copy.ownerRemoved && !holders.has(held)) holders.set(held, copy);
  }
  const taken = plan.objects.flatMap(({ incoming }) => {
    const uri = primaryUriOf(incoming);
    const holder = uri === undefined ? undefined : holders.get(uri.toLowerCase());
    return uri === undefined || holder === undefined
      ? []
      : [`${uri} belongs to the ${labelOf(holder)} on ${plan.destination}.`];
  });
  return taken.length === 0
    ? allowed()
    : refusedBy('primary-uri-in-use', fewSentences(taken), { allowed: ['modify-object', 'remove-object'] });
}

/** Objects that the destination owns are no longer stand-ins, so none of them counts as imported. */
export function warnOfMove(plan: ImportPlan, command: Import): Ruling {
  const moved = plan.objects.filter(({ incoming }) => incoming.owner !== plan.destination);
  if (command.overwriteOwner !== true || moved.length === 0) return allowed();
  return allowed({
    warnings: warn(
      'overwrite-owner-is-a-move',
      `${plan.destination} becomes the owner of ${moved.length} objects that it did not own: this moves them, and they no longer count as imported.`,
    ),
  });
}

export function warnOfSettings(pair: PairFacts, plan: ImportPlan, command: Import): Ruling {
  if (command.replaceExistingSettings === true && !holdsSettings(plan)) {
    return allowed({
      warnings: warn(
        'settings-not-in-file',
        `The file holds no application settings: those of ${plan.destination} stay.`,
      ),
    });
  }
  if (!settingsDiffer(pair, plan)) return allowed();
  const owed = owedToDestination(pair, plan);
  const isFine =
    command.replaceExistingSettings === true
      ? owed !== null
      : owed === null && settingsStayedHome(pair, plan);
  if (isFine) return allowed();
  const [code, detail] =
    command.replaceExistingSettings === true
      ? [
          'settings-overwritten',
          `The application settings of ${plan.destination} are overwritten by those of ${plan.file.pool}; only an export of them brings them back.`,
        ]
      : [
          'settings-not-carried',
          `The application settings of ${owed?.lost ?? plan.file.pool} stay behind: what is imported runs under those of ${plan.destination}.`,
        ];
  return allowed({ warnings: warn(code, detail) });
}

/** The settings of a lost pool that the one in its place does not have, where the file has them. */
function owedToDestination(pair: PairFacts, { file, destination }: ImportPlan): SettingsToGive | null {
  const open = settingsToGive(pair, requirePool(pair, destination));
  return open !== null && sameJson(file.applicationSettings, open.settings) ? open : null;
}

/** Of an import home: the destination has its own settings, and those of its partner, in the file, are no loss to it. */
function settingsStayedHome(pair: PairFacts, { file, destination, objects }: ImportPlan): boolean {
  const home = file.pool !== destination && objects.every(({ incoming }) => incoming.owner === destination);
  const { settingsReplaced: carried } = partnerOf(pair, destination);
  const changedThere = carried !== null && !sameJson(carried.settings, file.applicationSettings);
  return home && (carried === null || !changedThere || sameJson(carried.previous, file.applicationSettings));
}

/** An import does not bring back objects that their owner has removed. */
export function warnOfRemovedByOwner(dead: readonly PlannedObject[]): Ruling {
  if (dead.length === 0) return allowed();
  return allowed({
    warnings: warn(
      'removed-by-owner',
      `Their owner has removed these, so their copies take no calls: ${few(dead, { word: ({ result }) => labelOf(result) })}.`,
    ),
  });
}
