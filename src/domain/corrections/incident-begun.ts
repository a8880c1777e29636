import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { evolvePair, initialPair } from '../../../facts/pair.js';
import { stageChangeOf } from '../../../policy/stages.js';

/**
 * The id of the incident that began with an event; null where none did.
 * @param facts those in force of its stream, in the order of the log
 */
export function incidentBegunBy(
  event: Recorded<PoolkeeperEvent>,
  facts: readonly Recorded<PoolkeeperEvent>[],
): string | null {
  if (stageChangeOf(event.type) === undefined) return null;
  const pair = facts.reduce(evolvePair, initialPair);
  const isBegun = ({ startedAtPosition }: { readonly startedAtPosition: bigint }): boolean =>
    startedAtPosition === event.position;
  return pair?.incidents.find(isBegun)?.id ?? null;
}
