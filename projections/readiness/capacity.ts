/** Whether one pool could carry the response groups of both, by the documented limits. */
import { isRecord } from '../../policy/object-properties/schema.js';
import type { Copy } from '../../facts/pair.js';
import { capacityLimits, capacityMeasures, type CapacityMeasure } from '../../policy/readiness/capacity.js';
import { versions } from '../../policy/versions.js';
import { agentKey } from '../agent-console/fold.js';
import { agentsListedIn } from './agents.js';
import { finding, type Finding } from './finding.js';
import type { ReadinessContext } from './readiness-context.js';

/** Members of distribution lists are not counted, because Poolkeeper does not know them. */
export function demandOf(copies: readonly Copy[]): Readonly<Record<CapacityMeasure, number>> {
  const workflows = copies.filter(({ kind }) => kind === 'workflow');
  const interactive = workflows.filter(({ properties: { defaultAction } }) =>
    defaultAction !== undefined && isRecord(defaultAction)
      ? defaultAction['action'] === 'TransferToQuestion'
      : false,
  ).length;
  const groups = copies.filter(({ kind }) => kind === 'agent-group');
  return {
    agents: new Set(groups.flatMap(agentsListedIn).map(agentKey)).size,
    'hunt-groups': workflows.length - interactive,
    'interactive-groups': interactive,
  };
}

export function capacity({ pair, own, partnersOwn, partner }: ReadinessContext): readonly Finding[] {
  const traits = pair.version === null ? null : versions[pair.version.version];
  const demand = demandOf([...own, ...partnersOwn]);
  return capacityMeasures.flatMap((measure) => {
    const { counts, lync2013, skypeForBusiness } = capacityLimits[measure];
    const together = demand[measure];
    const action = `Move some to another pair, or plan what ${partner.fqdn} can do without.`;
    if (traits !== null) {
      const limit = capacityLimits[measure][traits.capacity];
      const detail = `Both pools together have ${together} ${counts}; documented for one pool of ${traits.title} are ${limit}.`;
      return together > limit ? finding('capacity-exceeded', { detail, action }) : [];
    }
    if (together <= lync2013) return [];
    return finding(together > skypeForBusiness ? 'capacity-exceeded' : 'capacity-exceeded-2013', {
      detail: `Both pools together have ${together} ${counts}; documented for one pool are ${lync2013}, from Skype for Business Server 2015 on ${skypeForBusiness}.`,
      action,
    });
  });
}
