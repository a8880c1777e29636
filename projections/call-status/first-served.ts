/** The first call that the backup pool connected to an agent after a failover: from then on callers are helped again. */
import type { CallConnected } from '../../events/call.js';
import type { Recorded } from '../../events/envelope.js';
import { requirePool } from '../../facts/copies.js';
import { eventRefOf } from '../../facts/event-ref.js';
import type { PairFacts } from '../../facts/pair.js';
import { traitsOf } from '../../policy/stages.js';
import type { Cohort } from './state.js';

export function noteFirstServed(
  pair: PairFacts | null,
  { owner, servedBy }: Pick<Cohort, 'owner' | 'servedBy'>,
  event: Recorded<CallConnected>,
): void {
  if (pair === null || servedBy !== 'backup') return;
  const { incident, stage } = requirePool(pair, owner.fqdn);
  if (incident === null || !traitsOf(stage).stoodInFor) return;
  const known = owner.firstServed.get(incident);
  // What is reported late may have happened first.
  if (known !== undefined && Date.parse(known.occurredAt) <= Date.parse(event.metadata.occurredAt)) return;
  owner.firstServed.set(incident, eventRefOf(event));
}
