/** Commands and files that name a pool whose place another has taken. */
import { formerNameOf, presentName } from '../../../facts/former-names.js';
import { isPaired, requirePool } from '../../../facts/copies.js';
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import { commandsToward, isDown, stageChanges, traitsOf, type StageChange } from '../../../policy/stages.js';
import type { PairCommand } from '../commands.js';
import type { Refused } from '../decision.js';
import { refusedBy, type Refusal } from '../rules.js';
import { unpairedOutsideIncidents } from '../unpairing.js';
import { legalFor } from './legal.js';

/** An owner is named as files and people know it, and means whoever owns its groups by now. */
export function underPresentNames(pair: PairFacts, command: PairCommand): PairCommand {
  if (pair.formerNames.length === 0) return command;
  const present = (fqdn: string): string => presentName(pair, fqdn);
  const owner = (body: { readonly owner?: string }): { readonly owner?: string } =>
    body.owner === undefined ? {} : { owner: present(body.owner) };
  switch (command.name) {
    case 'record-export':
      return { ...command, body: { ...command.body, ...owner(command.body) } };
    case 'add-export': {
      const { content } = command.body;
      const objects = content.objects.map((object) => ({
        ...object,
        owner: object.owner === null ? null : present(object.owner),
      }));
      return {
        ...command,
        body: { ...command.body, ...owner(command.body), content: { ...content, objects } },
      };
    }
    default:
      return command;
  }
}

/** A pool that is gone is given no commands; null where no pool of the pair was replaced under that name. */
export function poolWasReplaced(pair: PairFacts, fqdn: string, command: string): Refused | null {
  const former = formerNameOf(pair, fqdn);
  if (former === undefined) return null;
  const { present, at } = former;
  const since = `${present} has taken the place of ${fqdn}, which is lost, as of ${at}`;
  return refusedBy(
    'pool-was-replaced',
    endings.has(command)
      ? `${since}: with that its record has ended, and it is in no pair. What can still end is that of ${present}.`
      : `${since}: what is recorded from then on is recorded of ${present}.`,
    { allowed: waysUnder(pair, requirePool(pair, present), command) },
  );
}

/** Given to the lost pool they mean its end, which is on record. */
const endings: ReadonlySet<string> = new Set(['unpair', 'retire-pool', 'unregister-pair']);

function waysUnder(pair: PairFacts, present: PoolFacts, command: string): readonly string[] {
  if (endings.has(command)) return waysToEnd(pair, present);
  const legal = legalFor(pair, present);
  const change = stageChanges.find((one) => one.command === command);
  const isGiven =
    command === 'choose-route'
      ? mayChooseRoute(present)
      : change === undefined || legal.includes(command) || holds(change, present);
  const commands = isGiven ? [command] : legal;
  return commands.map((one) => `${one} ${present.fqdn}`);
}

const holds = ({ holdsInTarget, to }: StageChange, { stage }: PoolFacts): boolean =>
  holdsInTarget && to === stage;

const firstOf = (refusal: Refusal): readonly string[] =>
  refusal.outcome === 'refused' ? refusal.allowed.slice(0, 1) : [];

/** What ends next: an incident of the pair, then the pairing; a pool that is in none may be paired again. */
function waysToEnd(pair: PairFacts, present: PoolFacts): readonly string[] {
  const { fqdn, stage } = present;
  const [next] = commandsToward(stage, (one) => !traitsOf(one).incident, present);
  if (next !== undefined) return [`${next} ${fqdn}`];
  if (!isPaired(pair)) return [`register-pair ${fqdn}`];
  const ruling = unpairedOutsideIncidents(pair);
  return ruling.outcome === 'allowed' ? [`unpair ${fqdn}`] : firstOf(ruling);
}

/** Before it fails back, and before another pool takes its place. */
export const mayChooseRoute = ({ stage, replaces }: PoolFacts): boolean =>
  isDown(stage) && replaces === undefined;
