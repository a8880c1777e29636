import { familiesOf } from '../../../events/registry.js';
import type { HistoryState } from '../../../projections/histories/fold.js';
import type { Folded } from '../../../projections/histories/history-fold.js';
import type { HistoryBook } from '../projections/histories/history-book.js';
import type { Histories } from '../projections/histories/histories.js';
import type { HistoryVantage } from '../projections/histories/folded-history.js';
import type { ProjectionInstance } from '../projections/state/projection-instance.js';
import type { AtMoment } from './answer.js';

/**
 * The state that a projection would have, had everything been recorded as it happened. Its version is the last fact that
 * was known: with the next one the answer may be another.
 * @throws Error for a projection that has no state in a history
 */
export async function stateInHistory<State>(
  histories: Histories,
  live: ProjectionInstance<State>,
  vantage: HistoryVantage,
  signal?: AbortSignal,
): Promise<AtMoment<State>> {
  const { inHistory } = live.projection;
  if (inHistory === undefined) throw new Error(`${live.projection.name} has no state in a history.`);
  return inHistory.of === 'pair'
    ? ((await shortly(histories, live, vantage, inHistory.pick, signal)) ??
        (await read(histories.pairs, live, vantage, inHistory.pick, signal)))
    : await read(histories.consoles, live, vantage, inHistory.pick, signal);
}

/** The first questions about a pair need not wait until all of its history is read. */
async function shortly<State>(
  { pairs, shortWay }: Histories,
  live: ProjectionInstance<State>,
  vantage: HistoryVantage,
  pick: (whole: HistoryState) => State,
  signal?: AbortSignal,
): Promise<AtMoment<State> | null> {
  if (pairs.isWanted(live.key)) return null;
  const found = await shortWay.at(live.key, vantage, signal);
  return found && given(live, found, pick);
}

async function read<Whole extends Folded, State>(
  book: HistoryBook<Whole>,
  live: ProjectionInstance<State>,
  vantage: HistoryVantage,
  pick: (whole: Whole) => State,
  signal?: AbortSignal,
): Promise<AtMoment<State>> {
  return await book.use(live.key, signal, async (history, turns) => {
    const whole = await history.at(vantage, turns);
    return given(live, { state: whole, position: history.lastUpTo(vantage.asOf) }, pick);
  });
}

function given<Whole extends Folded, State>(
  { projection, key, parked, staleVersion, checkpoint }: ProjectionInstance<State>,
  { state, position }: { readonly state: Whole; readonly position: bigint },
  pick: (whole: Whole) => State,
): AtMoment<State> {
  const contradicted = state.contradicted.filter(({ type }) =>
    familiesOf(type).some((family) => projection.reads.includes(family)),
  );
  return {
    projection,
    key,
    parked,
    staleVersion,
    checkpoint: { ...checkpoint, position },
    state: pick(state),
    contradicted,
  };
}
