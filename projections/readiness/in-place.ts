/** A pool that takes the place of one that is lost: what went with that, and what the new pool does not have yet. */
import type { AgentFacts } from '../../facts/agent.js';
import { missingAtHome } from '../../facts/carriers.js';
import { settingsToGive } from '../../facts/carried-settings.js';
import { formerNamesOf } from '../../facts/former-names.js';
import { byIdentity, identityOf, nameKeyOf } from '../../facts/identity.js';
import type { Copy } from '../../facts/pair.js';
import { moveUserCmdlet } from '../../policy/user-cmdlets.js';
import { few } from '../../policy/texts/few.js';
import { agentKey } from '../agent-console/fold.js';
import { agentsListedIn } from './agents.js';
import { settingSettings } from './changing.js';
import { counted, finding, found, whereAny, type Finding } from './finding.js';
import { mostMovedAtOnce } from './homes.js';
import { exportsOf, holds, sameContent, type ReadinessContext } from './readiness-context.js';
import { bringingHome } from './remedies.js';
import { awayFromHome, createdOnPartner } from './stand-in.js';

/** In the order of the alphabet: the agents that are homed in a pool whose place this one took, at any time. */
export function agentsOfLostPools({ pair, pool, agents }: ReadinessContext): readonly AgentFacts[] {
  const lost = new Set(formerNamesOf(pair, pool.fqdn).map(({ fqdn }) => fqdn));
  if (lost.size === 0) return [];
  return [...agents.values()]
    .filter(({ homePool }) => lost.has(homePool))
    .toSorted((one, other) => (one.agent < other.agent ? -1 : 1));
}

export function agentsOfLostPool(context: ReadinessContext): readonly Finding[] {
  const { pool, own, imported } = context;
  const stranded = agentsOfLostPools(context);
  if (stranded.length === 0) return [];
  const groups = [...byIdentity([...imported, ...own]).values()].filter(({ kind }) => kind === 'agent-group');
  const groupsOf = ({ agent }: AgentFacts): readonly Copy[] =>
    groups.filter((group) => agentsListedIn(group).some((uri) => agentKey(uri) === agentKey(agent)));
  const concerned = groups.filter((group) => stranded.some((agent) => groupsOf(agent).includes(group)));
  const word = (agent: AgentFacts): string => {
    const names = groupsOf(agent).map(({ name }) => name);
    return `${agent.agent} (${names.length === 0 ? 'in no group' : `in ${few(names, { word: (name) => name })}`})`;
  };
  return [
    finding('agents-of-lost-pool', {
      detail: `${counted(stranded.length, 'agent')} still homed in ${few([...new Set(stranded.map(({ homePool }) => homePool))], { word: (fqdn) => fqdn })}: ${few(stranded, { word })}.`,
      objects: concerned.map(found),
      action: `Move them to ${pool.fqdn}, and record each with move-agent and force.`,
      powershell: stranded.slice(0, mostMovedAtOnce).map(({ agent }) => moveUserCmdlet(agent, pool.fqdn)),
    }),
  ];
}

interface LeftBehind {
  /** No pool has it. */
  readonly gone: readonly Copy[];
  /** A pool has it in another form, and no file has it as it was. */
  readonly changed: readonly Copy[];
  readonly inFileAlone: readonly Copy[];
}

/** What the lost pool had, as it was last there, and nobody has so any more. */
function leftBehind(context: ReadinessContext): LeftBehind {
  const { pair, pool, own, imported } = context;
  const copies = [...own, ...imported.filter(({ ownerRemoved }) => !ownerRemoved)];
  const there = Map.groupBy(copies, identityOf);
  // What is made again by hand has another id.
  const names = new Set([...copies, ...createdOnPartner(context)].map(nameKeyOf));
  const files = exportsOf(pair).filter(({ data }) => data.pool === pool.fqdn);
  const isInFile = (copy: Copy): boolean => files.some(({ data }) => holds(data, copy));
  // An import may have given it another name.
  const hasContent = (copy: Copy, one: Copy): boolean => sameContent({ ...copy, name: one.name }, one);
  const left = (pool.replaces?.copies ?? []).map((copy) => {
    const same = there.get(identityOf(copy)) ?? [];
    const isKept = same.some((one) => hasContent(copy, one));
    const isGone = same.length === 0 && !names.has(nameKeyOf(copy));
    return { copy, isKept, isGone, hasOther: same.length > 0 };
  });
  const absent = left.filter(({ isGone }) => isGone).map(({ copy }) => copy);
  return {
    gone: absent.filter((copy) => !isInFile(copy)),
    inFileAlone: absent.filter(isInFile),
    changed: left
      .filter(({ copy, isKept, hasOther }) => hasOther && !isKept && !isInFile(copy))
      .map(({ copy }) => copy),
  };
}

export function lostForGood(context: ReadinessContext): readonly Finding[] {
  const { pool, partner } = context;
  const { replaces } = pool;
  const { gone, changed } = leftBehind(context);
  if (replaces === undefined) return [];
  const parts = [
    ...(gone.length === 0 ? [] : [`${counted(gone.length, 'object')} that nobody has any more`]),
    ...(changed.length === 0
      ? []
      : [`${counted(changed.length, 'object')} changed there since the last export`]),
  ];
  return whereAny([...gone, ...changed], (objects) =>
    finding('lost-for-good', {
      detail: `Lost with ${replaces.fqdn}: ${parts.join(', and ')}.`,
      objects,
      atStake: objects.length,
      action: `Make them again, on ${partner.fqdn} as long as it stands in. The record has them as they were: the configuration of ${replaces.fqdn} shows them.`,
    }),
  );
}

export function inFileAlone(context: ReadinessContext): readonly Finding[] {
  const { pool, partner } = context;
  return whereAny(leftBehind(context).inFileAlone, (objects) =>
    finding('in-a-file-alone', {
      detail: `${counted(objects.length, 'object')} of ${pool.replaces?.fqdn ?? ''} in a file, and neither on ${partner.fqdn} nor on ${pool.fqdn}.`,
      objects,
      action: `Unless nobody wants them: make them again, or import the file that has them, which sets back what was changed since.`,
    }),
  );
}

export function settingsOfLostPool({ pair, pool, partner }: ReadinessContext): readonly Finding[] {
  const open = settingsToGive(pair, pool);
  if (open === null) return [];
  const { lost, settings, onPartner } = open;
  const byHand = `them on ${pool.fqdn}; the music needs its original file.`;
  return [
    finding('settings-of-lost-pool', {
      detail: `The application settings of ${lost} are not on ${pool.fqdn}${onPartner ? `; ${partner.fqdn} runs under them` : ''}.`,
      atStake: 1,
      action: onPartner
        ? `Import what is exported from ${partner.fqdn} with -ReplaceExistingRgsSettings, before ${partner.fqdn} gets its own settings back. Or set ${byHand}`
        : `Set ${byHand}`,
      powershell: settingSettings(pair, pool, settings),
    }),
  ];
}

/** What stands in and has to be given to the new pool. */
export function notOnNewPool(context: ReadinessContext): readonly Finding[] {
  const { pair, pool, partner, imported } = context;
  const open = new Set([...awayFromHome(context), ...missingAtHome(pair, pool.fqdn)]);
  return whereAny(
    imported.filter((copy) => open.has(copy)),
    (objects) =>
      finding('not-on-new-pool', {
        detail: `${counted(objects.length, 'object')} of ${partner.fqdn} not on ${pool.fqdn} as ${objects.length === 1 ? 'it is' : 'they are'} there.`,
        objects,
        ...bringingHome(context),
      }),
  );
}
