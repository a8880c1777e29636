import { openCallIdsOf } from '../../../projections/call-status/calls.js';
import type { Needing } from '../../domain/retirement.js';
import { pairsOfPool } from '../projections/state/directory.js';
import type { LiveState } from '../projections/state/live-state.js';

/** Calls stay in the pair in which they arrived, also where their pool has gone on in another. */
export function needingPool({ console, directory, pairs }: LiveState, pool: string): Needing {
  const agents = [...console.state.agents.values()].filter(({ homePool }) => homePool === pool);
  const calls = pairsOfPool(directory.state, pool).flatMap((pairId) => {
    const views = pairs.get(pairId);
    return views === undefined ? [] : openCallIdsOf(views.callStatus.state, pool);
  });
  return { agents: agents.map(({ agent }) => agent), calls };
}
