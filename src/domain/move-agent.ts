/** Decides moves of agents to another home pool, as Move-CsUser makes them. */
import type { AgentFacts } from '../../facts/agent.js';
import { homeEndOf, type HomePool } from '../../facts/agent-home.js';
import { poolOf } from '../../facts/copies.js';
import type { PairFacts, PoolFacts } from '../../facts/pair.js';
import { commandsToward, isDown, type Stage, type Replacing } from '../../policy/stages.js';
import type { AgentCommands } from './commands.js';
import { whyNothingIsHandedOver } from '../../facts/service-needs.js';
import { byServices } from './pair/by-services.js';
import { poolWasReplaced } from './pair/former-names.js';
import { accepted, alreadyHolds, unknown, type Decision, type Held } from './decision.js';
import { allowed, evaluate, refusedBy, warn, type Ruling } from './rules.js';
import type { AgentContext } from './sign-in.js';

type Move = AgentCommands['move-agent'];

export function moveAgent({ agent, pair, home }: AgentContext, body: Move): Decision {
  if (agent === null) {
    return unknown('/agent', `${body.agent} is not registered; register-agent records where they are homed.`);
  }
  const target = pair === null ? undefined : poolOf(pair, body.homePool);
  if (pair === null || target === undefined)
    return (
      (pair === null ? null : poolWasReplaced(pair, body.homePool, `move-agent ${body.agent}`)) ??
      unknown('/homePool', `Pool ${body.homePool} is not registered.`)
    );
  if (agent.homePool === target.fqdn) return alreadyHolds(agent.agent, heldHome(agent));
  const ruling = evaluate(
    () => takesPeopleIn(pair, target, agent.agent),
    () => targetIsUp(agent, target),
    () => forcedWhereSourceIsDown(agent, home, body),
    () => leavesSignIns(agent),
    () => leavesData(agent, body),
    () => takesPart(pair, agent, body),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const forced = body.force === true ? { force: true as const } : {};
  const data = { agent: agent.agent, from: agent.homePool, homePool: target.fqdn, ...forced };
  const { because, warnings } = ruling;
  const replaces = heldHome(agent);
  return accepted([{ type: 'AgentMoved', data }], { because, warnings, subject: agent.agent, replaces });
}

/** As of when an agent is homed where they are. */
export function heldHome({ agent, homes }: AgentFacts): Held | undefined {
  const last = homes.at(-1);
  const what =
    homes.length > 1 ? `The move of ${agent} to ${last?.pool ?? ''}` : `The registration of ${agent}`;
  return last && { what, at: last.since };
}

/** Nobody reaches whoever is homed in a pool that has ended. */
export function takesPeopleIn(pair: PairFacts, pool: PoolFacts, agent: string): Ruling {
  const end = homeEndOf(pair, pool);
  if (end === null) return allowed();
  const what = end === 'retired' ? 'was retired' : 'was given up, and nobody stands in for it';
  return refusedBy(
    'home-pool-serves',
    `${pool.fqdn} ${what}: nobody would reach ${agent} there. They are homed in a pool that serves.`,
    { allowed: ['homePool'] },
  );
}

export function targetIsUp({ agent }: AgentFacts, target: PoolFacts): Ruling {
  const { fqdn, stage, replaces } = target;
  // A pool that takes the place of another is built and runs, before it serves.
  return isDown(stage) && replaces === undefined
    ? refusedBy(
        'move-target-must-be-up',
        `${agent} cannot be moved to ${fqdn}, which is in stage ${stage}: the pool that takes a user over has to be up.`,
        { allowed: ['homePool', ...toBeUp(fqdn, stage, target)] },
      )
    : allowed();
}

/** A pool that nobody has any more takes no part either. Where nothing is told of it, nothing speaks against the move. */
export function forcedWhereSourceIsDown(
  { agent, homePool }: AgentFacts,
  home: HomePool | null | undefined,
  { force = false }: Move,
): Ruling {
  const stage = home?.state === 'there' ? home.stage : null;
  if (force || home === undefined || (stage !== null && !isDown(stage))) return allowed();
  return refusedBy(
    'move-needs-force',
    `${agent} is homed in ${homePool}, which ${whyNoPart(home)} and takes no part in a move: Move-CsUser moves them only with -Force, and then leaves their own data (conferences that they organized, and the like) behind.`,
    { allowed: ['force', ...(stage === null ? [] : toBeUp(homePool, stage, {}))] },
  );
}

function whyNoPart(home: HomePool | null): string {
  switch (home?.state) {
    case 'there':
      return `is in stage ${home.stage}`;
    case 'replaced':
      return `is lost (${home.by} has taken its place)`;
    default:
      return 'is in service no more';
  }
}

const toBeUp = (pool: string, stage: Stage, replacing: Replacing): readonly string[] =>
  commandsToward(stage, (later) => !isDown(later), replacing).map((command) => `${command} ${pool}`);

/** With -Force the pool that the agent leaves takes no part; without, it hands over what they have there. */
export function takesPart(pair: PairFacts | null, { homePool }: AgentFacts, { force = false }: Move): Ruling {
  const source = pair === null ? undefined : poolOf(pair, homePool);
  if (force || pair === null || source === undefined) return allowed();
  const why = whyNothingIsHandedOver(source);
  return evaluate(
    () => byServices(pair, { does: 'a move without -Force', siteLink: true }),
    () =>
      why === null
        ? allowed()
        : allowed({
            warnings: warn(
              'nothing-is-handed-over',
              `${why}, and Move-CsUser needs -Force then. If that was used, record the move with force.`,
            ),
          }),
  );
}

/** The documents ask for signing in to formal groups again after a move. */
export function leavesSignIns({ agent, signIns }: AgentFacts): Ruling {
  return signIns.size === 0
    ? allowed()
    : allowed({
        warnings: warn(
          'sign-in-again',
          `${agent} was signed in to ${signIns.size} formal ${signIns.size === 1 ? 'group' : 'groups'}, and has to sign in again after the move.`,
        ),
      });
}

export function leavesData({ agent, homePool }: AgentFacts, { force = false }: Move): Ruling {
  return force
    ? allowed({
        warnings: warn(
          'data-left-behind',
          `Moved with -Force: what ${agent} had of their own in ${homePool}, such as conferences that they organized, is not moved along.`,
        ),
      })
    : allowed();
}
