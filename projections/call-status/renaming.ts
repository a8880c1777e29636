/** The calls of a pool whose place another has taken go on under the name of that one. */
import type { PoolReplaced } from '../../events/replacement.js';
import { presentName } from '../../facts/former-names.js';
import { ownerOf, type CallStatusState, type OwnerCalls } from './state.js';

export function rename({ owners }: CallStatusState, { pool, replacement }: PoolReplaced['data']): void {
  const owner = owners.find(({ fqdn }) => fqdn === pool);
  if (owner !== undefined && owners.every(({ fqdn }) => fqdn !== replacement)) owner.fqdn = replacement;
}

/** A call of before may be reported afterwards, under the name that the pool had then. */
export const ownerNow = (state: CallStatusState, pool: string): OwnerCalls | undefined =>
  state.pair === null ? undefined : ownerOf(state, presentName(state.pair, pool));
