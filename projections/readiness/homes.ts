/** Who is homed in a pool that they have to leave, and where they can go. */
import type { AgentFacts } from '../../facts/agent.js';
import { isDown } from '../../policy/stages.js';
import type { ReadinessContext } from './readiness-context.js';

/** How many lines that move users are given at once: the next ones follow once these are recorded. */
export const mostMovedAtOnce = 50;

/** Those on record who are homed in the pool, in the order of the alphabet. */
export const homedIn = ({ pool, agents }: Pick<ReadinessContext, 'pool' | 'agents'>): readonly AgentFacts[] =>
  [...agents.values()]
    .filter(({ homePool }) => homePool === pool.fqdn)
    .toSorted((one, other) => (one.agent < other.agent ? -1 : 1));

/** Whether the partner is up and can take the users of the pool in. */
export const partnerTakesIn = ({ partner, homeOf }: ReadinessContext): boolean =>
  !isDown(partner.stage) && homeOf(partner.fqdn)?.state === 'there';
