/** Steps that no event completes: somebody ticks them off while the incident is under way. */
import { incidentOf } from '../../facts/incident.js';
import { stepsByHand, type StepId } from '../../policy/runbook/steps.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import { recording } from './record.js';
import { record, type Particulars } from './step.js';

/** A step by hand, as it stands and as it is recorded; any other as it is. */
export function tickedOff({ pair, pool }: ReadinessContext, id: StepId, step: Particulars): Particulars {
  if (!stepsByHand.includes(id) || pool.incident === null) return step;
  const tick = incidentOf(pair, pool.incident)?.ticks.get(id);
  if (tick !== undefined) return { ...step, done: true, events: [tick], note: tick.note ?? step.note };
  if (step.done) return step;
  return {
    ...step,
    actions: [...step.actions, ...record(recording('tick-step', { pool: pool.fqdn, step: id }))],
  };
}
