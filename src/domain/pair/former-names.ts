/** Commands and files that name a pool whose place another has taken. */
import { formerNameOf, presentName } from '../../../facts/former-names.js';
import { requirePool } from '../../../facts/copies.js';
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import { commandsLegalIn, isDown, isOpenTo, stageChanges } from '../../../policy/stages.js';
import type { PairCommand } from '../commands.js';
import type { Refused } from '../decision.js';
import { refusedBy } from '../rules.js';

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
  return refusedBy(
    'pool-was-replaced',
    `${former.present} has taken the place of ${fqdn}, which is lost, as of ${former.at}: what is recorded from then on is recorded of ${former.present}.`,
    { allowed: waysUnder(requirePool(pair, former.present), command) },
  );
}

/** Given to the lost pool they mean its end, which is on record. */
const endings: ReadonlySet<string> = new Set(['unpair', 'retire-pool', 'unregister-pair']);

/** The same command, but for one that a pool in the place of another is never given. */
function waysUnder(present: PoolFacts, command: string): readonly string[] {
  const change = stageChanges.find((one) => one.command === command);
  const isGiven =
    command === 'choose-route'
      ? mayChooseRoute(present)
      : !endings.has(command) && (change === undefined || isOpenTo(change, present));
  const commands = isGiven ? [command] : commandsLegalIn(present.stage, present);
  return commands.map((one) => `${one} ${present.fqdn}`);
}

/** Before it fails back, and before another pool takes its place. */
export const mayChooseRoute = ({ stage, replaces }: PoolFacts): boolean =>
  isDown(stage) && replaces === undefined;
