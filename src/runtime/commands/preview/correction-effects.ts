import { agentConsole } from '../../../../projections/agent-console/fold.js';
import { callStatus } from '../../../../projections/call-status/fold.js';
import { effectsOfCorrection, united, type Effects } from '../../../../projections/effects/effects.js';
import { poolIn } from '../../../domain/corrections/decide.js';
import type { StoredEvent } from '../../../store/port.js';
import type { ProjectionRunner } from '../../projections/projection-runner.js';
import type { HistoricalState } from '../../projections/state/historical-state.js';

type Side = Parameters<typeof effectsOfCorrection>[1];

/**
 * What a correction that nobody stores would change, as seen from the pool that it speaks of, or from the first of its
 * pair: it cannot be told by folding on, so that the pair is folded without what it strikes.
 * @param pairId empty where the event is of no pair: nothing that is shown of one changes then
 * @param correction as the log would give it back
 * @throws StoreUnavailableError
 */
export async function correctionEffects(
  runner: ProjectionRunner,
  pairId: string,
  correction: StoredEvent,
): Promise<Effects> {
  if (pairId === '') return united([]);
  const { historicalState } = runner.refolding;
  const before = await sideAt(historicalState, pairId, correction.position - 1n);
  const imagining = await runner.refolding.imagining(correction);
  const after = await sideAt(imagining, pairId, correction.position);
  const fqdn = poolIn(correction.data) ?? before.pair?.pools[0].fqdn;
  return fqdn === undefined ? united([]) : effectsOfCorrection(fqdn, before, after);
}

async function sideAt(states: HistoricalState, pairId: string, position: bigint): Promise<Side> {
  const moment = { kind: 'position', position } as const;
  const calls = await states.at(callStatus, pairId, moment);
  const console = await states.at(agentConsole, '', moment);
  return { pair: calls.state.pair, owners: calls.state.owners, agents: console.state.agents.values() };
}
