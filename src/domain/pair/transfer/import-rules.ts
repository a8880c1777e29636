import { primaryUriHeldBy, requirePool } from '../../../../facts/copies.js';
import type { PairFacts } from '../../../../facts/pair.js';
import { commandsToward, isDown } from '../../../../policy/stages.js';
import { sameName } from '../../../../policy/names.js';
import { allowed, refusedBy, warn, type Ruling } from '../../rules.js';
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
  if (!isDown(pool.stage)) return allowed();
  return refusedBy('destination-must-be-up', `Pool ${pool.fqdn} is in stage ${pool.stage}.`, {
    allowed: commandsToward(pool.stage, (stage) => !isDown(stage)),
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
  const clashes = plan.objects.flatMap((planned) => [
    ...(command.overwriteOwner === true ? [] : ownersClash(planned)),
    ...namesClash(plan, planned),
  ]);
  if (clashes.length === 0) return allowed();
  return refusedBy('name-clash', clashes.map(({ detail }) => detail).join(' '), {
    allowed: [...new Set(clashes.flatMap(({ remedies }) => remedies))],
  });
}

function ownersClash({ existing, result }: PlannedObject): readonly Clash[] {
  if (existing === undefined || existing.owner === result.owner) return [];
  const detail = `The ${labelOf(existing)} on ${existing.parent} is owned by ${existing.owner}, in the file by ${result.owner}.`;
  return [{ detail, remedies: ['overwriteOwner'] }];
}

function namesClash({ staying, destination }: ImportPlan, { result }: PlannedObject): readonly Clash[] {
  return staying
    .filter((copy) => copy.kind === result.kind && sameName(copy.name, result.name))
    .map((copy) => {
      const removed = copy.ownerRemoved ? ', which its owner has removed' : '';
      return {
        detail: `The ${labelOf(result)} has the name of the ${labelOf(copy)} on ${destination}${removed}.`,
        remedies: ['resolveNameConflicts', copy.ownerRemoved ? 'remove-object' : 'modify-object'],
      };
    });
}

export function primaryUrisFree(plan: ImportPlan): Ruling {
  const taken = plan.objects.flatMap(({ incoming }) => {
    const uri = incoming.kind === 'workflow' ? incoming.properties['primaryUri'] : undefined;
    if (typeof uri !== 'string') return [];
    const holder = plan.staying.find((copy) => primaryUriHeldBy(copy, uri));
    return holder === undefined ? [] : [`${uri} belongs to the ${labelOf(holder)} on ${plan.destination}.`];
  });
  return taken.length === 0
    ? allowed()
    : refusedBy('primary-uri-in-use', taken.join(' '), { allowed: ['modify-object', 'remove-object'] });
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
  const [code, detail] =
    command.replaceExistingSettings === true
      ? [
          'settings-overwritten',
          `The application settings of ${plan.destination} are overwritten by those of ${plan.file.pool}; only an export of them brings them back.`,
        ]
      : [
          'settings-not-carried',
          `The application settings of ${plan.file.pool} stay behind: what is imported runs under those of ${plan.destination}.`,
        ];
  return allowed({ warnings: warn(code, detail) });
}

/** An import does not bring back objects that their owner has removed. */
export function warnOfRemovedByOwner(dead: readonly PlannedObject[]): Ruling {
  if (dead.length === 0) return allowed();
  return allowed({
    warnings: warn(
      'removed-by-owner',
      `Their owner has removed these, so their copies take no calls: ${dead.map(({ result }) => labelOf(result)).join(', ')}.`,
    ),
  });
}
