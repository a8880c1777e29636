/** What is left to do of a pool that failed, and of which its partner owns all that there was. */
import { givingUpOf, type GivingUp } from '../../facts/given-up.js';
import { moveUserCmdlet } from '../../policy/user-cmdlets.js';
import { few } from '../../policy/texts/few.js';
import { counted, finding, type Finding } from './finding.js';
import { homedIn, mostMovedAtOnce, partnerTakesIn } from './homes.js';
import type { ReadinessContext } from './readiness-context.js';

const actionOf = (how: GivingUp, { pool, partner }: ReadinessContext): string => {
  switch (how) {
    case 'owns-nothing':
      return `Pair ${partner.fqdn} with another pool (register-pair), or end the pairing (unpair). Then close-incident ends the incident, and retire-pool the record of ${pool.fqdn}, once nobody is homed in it. If it is repaired after all, it can still fail back: both own the groups then.`;
    case 'unpaired':
      return `End the incident of ${pool.fqdn} with close-incident, and its record with retire-pool, once nobody is homed in it.`;
    case 'over':
      return `End the record of ${pool.fqdn} with retire-pool, once nobody is homed in it.`;
  }
};

export function givenUp(context: ReadinessContext): readonly Finding[] {
  const { pair, pool, partner } = context;
  const how = givingUpOf(pair, pool);
  if (how === null) return [];
  return [
    finding('given-up', {
      detail: `All that ${pool.fqdn} owned was moved to ${partner.fqdn}${how === 'owns-nothing' ? ', which stands in for it still' : ''}.`,
      action: actionOf(how, context),
    }),
  ];
}

/** Users whom nobody has moved: as long as the partner stands in, they have its service. */
export function agentsOfGivenUp(context: ReadinessContext): readonly Finding[] {
  const { pair, pool, partner } = context;
  if (givingUpOf(pair, pool) === 'owns-nothing') return [];
  const homed = homedIn(context).map(({ agent }) => agent);
  if (homed.length === 0) return [];
  const takesIn = partnerTakesIn(context);
  return [
    finding('agents-home-ended', {
      detail: `${counted(homed.length, 'agent')} still homed in ${pool.fqdn}, which is given up: ${few(homed, { word: (agent) => agent })}.`,
      action: `Move them to ${takesIn ? partner.fqdn : 'a pool that serves'}, and record each with move-agent and force.`,
      powershell: takesIn
        ? homed.slice(0, mostMovedAtOnce).map((agent) => moveUserCmdlet(agent, partner.fqdn))
        : [],
    }),
  ];
}
