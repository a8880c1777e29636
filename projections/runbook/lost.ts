/** The steps of a pool that is given up, or is down in no pair: each ends with its record being ended. */
import { givingUpOf, isLostAlone } from '../../facts/given-up.js';
import { lostWith } from '../../facts/lost-with.js';
import { backupRelationshipCmdlet } from '../../policy/cmdlets.js';
import { moveAllUsersCmdlet, moveUserCmdlet, usersHomedInCmdlet } from '../../policy/user-cmdlets.js';
import type { StepId } from '../../policy/runbook/steps.js';
import { homedIn, mostMovedAtOnce, partnerTakesIn } from '../readiness/homes.js';
import { lossIn } from '../readiness/lost.js';
import { counted } from '../readiness/finding.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import { pairing } from './alone.js';
import { recording, recordings } from './record.js';
import { record, run, step, type Describe } from './step.js';

const endOfRecord: readonly StepId[] = ['move-users-away', 'retire-pool'];

/** Of a pool that may come back: what it takes where it never does. */
const ofLostAlone: ReadonlySet<StepId> = new Set(endOfRecord);

/** Those that a pool takes which is given up: nothing fails back to it, and nothing takes its place. */
const ofGivenUp: ReadonlySet<StepId> = new Set<StepId>([
  'declare-outage',
  'fail-over',
  'complete-failover',
  'leave-the-pair',
  'close-given-up',
  ...endOfRecord,
]);

const onlyLost: ReadonlySet<StepId> = new Set<StepId>(['leave-the-pair', 'close-given-up', ...endOfRecord]);

/** Whether a step is one of a pool that stands so; null where others decide. */
export function isOfLostPool(id: StepId, { pair, pool }: ReadinessContext): boolean | null {
  if (givingUpOf(pair, pool) !== null && ofGivenUp.has(id)) return true;
  if (isLostAlone(pair, pool) && ofLostAlone.has(id)) return true;
  return onlyLost.has(id) ? false : null;
}

/** Whether nobody takes a step any more, as the pool is given up. */
export const isIdle = (id: StepId, { pair, pool }: ReadinessContext): boolean =>
  givingUpOf(pair, pool) !== null && !ofGivenUp.has(id);

export const moveUsersAway: Describe = (context) => {
  const { pair, pool, partner, agents } = context;
  const homed = homedIn(context);
  const lines = homed.slice(0, mostMovedAtOnce).map(({ agent }) => agent);
  const moved = [...agents.values()].some(({ homes }) => homes.at(-2)?.pool === pool.fqdn);
  const takesIn = partnerTakesIn(context);
  const target = takesIn ? partner.fqdn : '<a pool that is up>';
  return step({
    done: homed.length === 0 && moved,
    optional: isLostAlone(pair, pool) || homed.length === 0,
    actions: [
      ...run(lines.map((agent) => moveUserCmdlet(agent, target))),
      ...recordings(
        'move-agent',
        'agent',
        lines.map((value) => ({ value })),
        takesIn ? { homePool: target, force: true } : { force: true },
        takesIn ? {} : { homePool: 'a pool that is up' },
      ).flatMap((one) => record(one)),
      ...run([moveAllUsersCmdlet(pool.fqdn, target)], 'for everybody else who is homed there'),
    ],
    verify: [usersHomedInCmdlet(pool.fqdn)],
    note:
      homed.length === 0
        ? `No agent on record is homed in ${pool.fqdn}${moved ? ' any more' : ''}.`
        : `${counted(homed.length, 'agent')} on record ${homed.length === 1 ? 'is' : 'are'} homed in ${pool.fqdn}${homed.length > lines.length ? `: these are the first ${lines.length}, and the next follow once they are recorded` : ''}.`,
  });
};

export const leaveThePair: Describe = ({ pair, pool, partner }) => {
  const { ended } = pair;
  return step({
    done: ended !== null,
    events: ended === null ? [] : [ended],
    actions: [
      ...record(pairing(partner.fqdn)),
      ...record(recording('unpair', { pool: pool.fqdn }), 'where there is no other pool yet'),
    ],
    verify: [backupRelationshipCmdlet(partner.fqdn)],
  });
};

export const closeGivenUp: Describe = ({ pair, pool }) =>
  step({
    done: pool.givenUp !== null,
    events: pool.givenUp === null ? [] : [pool.givenUp],
    actions: record(recording('close-incident', { pool: pool.fqdn })),
    note: givingUpOf(pair, pool) === 'owns-nothing' ? `Once ${pool.fqdn} is in no pair any more.` : null,
  });

export const retirePool: Describe = (context) => {
  const { pair, pool } = context;
  const isLost = isLostAlone(pair, pool);
  return step({
    optional: isLost,
    actions: record(recording('retire-pool', { pool: pool.fqdn })),
    note: isLost ? `Only if it never comes back. ${lossIn(context, lostWith(pair, pool.fqdn))}` : null,
  });
};
