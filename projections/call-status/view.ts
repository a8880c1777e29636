import { isPaired, partnerOf, poolOf, servesInPlace } from '../../facts/copies.js';
import type { PairFacts, PoolFacts } from '../../facts/pair.js';
import { asPlaced, asServed, downSince, weakestStandIn } from '../../facts/response-group.js';
import { outcomeOnArrival, outcomeOnBehalf } from '../../policy/calls.js';
import { cellsOf } from '../../policy/experience/matrix.js';
import type {
  ConnectedCell,
  ExperienceCell,
  InProgressCell,
  NewCallCell,
  NewCallOutcome,
  OnBehalfCell,
} from '../../policy/experience/types.js';
import {
  asInferredOf,
  restingOn,
  withoutStandIn,
  type Grounds,
  type StandInBy,
} from '../../policy/grounds.js';
import { isCarriedInTime, TAKEOVER_INTERVAL } from '../../policy/registrar-takeover.js';
import type { Stage } from '../../policy/stages.js';
import { groundsIn, type CitedGrounds } from '../grounds.js';
import { openRow } from './open-rows.js';
import { ownerOf, type CallsByImport, type CallStatusState, type OwnerCalls } from './state.js';

type CallCell = ConnectedCell | InProgressCell | NewCallCell | OnBehalfCell;

/** A row of the matrix that is in force, with the calls that it speaks of. */
export type CallRow<Cell extends CallCell = CallCell> = Cell extends CallCell
  ? Pick<Cell, 'row' | 'when' | 'outcome'> &
      CitedGrounds & { readonly calls: number } & (Cell extends NewCallCell
        ? { readonly before?: Before }
        : unknown)
  : never;

/** What held of new calls earlier in the stage: its outcome is a matter of when a call arrives. */
export interface Before extends CitedGrounds {
  /** RFC 3339: the row holds from then on. */
  readonly at: string;
  readonly outcome: NewCallOutcome;
}

export interface CallTotals {
  readonly inProgress: number;
  readonly connected: number;
  readonly ended: number;
  readonly disconnected: number;
  /** Calls that arrived: the sum of the four. */
  readonly reported: number;
  /** By statement id, or `inferred/<inference>` where the document is silent. */
  readonly disconnectedByStatement: Readonly<Record<string, number>>;
  /** Calls that were cut off by what was known then, and went on as was reported later: counted as they went on. */
  readonly contradicted?: number;
  /** Where nobody has reported a call: the zeros mean that nothing is known. */
  readonly nothingReported?: true;
}

/** Only calls of response groups that the pool owns. */
export interface CallStatusView {
  readonly fqdn: string;
  readonly stage: Stage;
  /** Waiting and connected calls: those open now. New calls and calls on behalf: those since the stage began. */
  readonly rows: readonly CallRow[];
  readonly totals: CallTotals;
}

/** Null where the pair has no such pool. */
export function callStatusView(state: CallStatusState, fqdn: string): CallStatusView | null {
  const { pair } = state;
  const pool = pair === null ? undefined : poolOf(pair, fqdn);
  const calls = ownerOf(state, fqdn);
  if (pair === null || pool === undefined || calls === undefined) return null;
  const rows = cellsOf(pool.stage).filter(isAboutCalls);
  const by = weakestStandIn(pair, fqdn);
  return {
    fqdn,
    stage: pool.stage,
    rows: rows.map((cell) => rowOf(cell, pair, pool, calls, by)).filter((row) => isInForce(pool, row)),
    totals: totalsOf(calls),
  };
}

/** A retired pool takes no calls; what is counted is shown all the same. */
const isInForce = ({ retired }: PoolFacts, { calls }: CallRow): boolean => calls > 0 || retired === null;

const isAboutCalls = (cell: ExperienceCell): cell is CallCell =>
  cell.row !== 'agent-console' && cell.row !== 'configuration';

function rowOf(cell: CallCell, pair: PairFacts, pool: PoolFacts, calls: OwnerCalls, by: StandInBy): CallRow {
  const partner = partnerOf(pair, pool.fqdn);
  // Where a pool serves in the place of another no call is cut off.
  const inPlace = servesInPlace(pool);
  const resting = <Answer extends Grounds>(
    { imported }: { readonly imported: boolean },
    answerIf: (imported: boolean) => Answer,
  ): Answer => {
    if (!imported) return answerIf(false);
    return isPaired(pair)
      ? restingOn(by, answerIf(true), () => answerIf(false))
      : withoutStandIn(answerIf(true), answerIf(false));
  };
  switch (cell.row) {
    case 'connected-calls': {
      const { row, when } = cell;
      return { row, when: { ...when }, ...openRow(cell, pair, pool, calls, by) };
    }
    case 'in-progress-calls': {
      const { row, when } = cell;
      return { row, when: { ...when }, ...openRow(cell, pair, pool, calls, by) };
    }
    case 'new-calls': {
      const { row, when } = cell;
      const arrivalAfter = (secondsDown: number) => {
        const takeover = { readings: pair.readings, secondsDown };
        const decided = resting(when, (imported) =>
          outcomeOnArrival(pool.stage, imported, partner.stage, takeover),
        );
        const arrival = asServed(pair, pool, asInferredOf(decided, inPlace));
        const outcome = arrival.servedBy === null ? ({ call: 'disconnected' } as const) : { ...cell.outcome };
        return { outcome, ...groundsIn(arrival) };
      };
      const arrived = countOf(calls.sinceStageBegan.arrived, when.imported);
      const answer = arrivalAfter(Infinity);
      const inTime = answer.outcome.call === 'connected' && isCarriedInTime(pool.stage, pair.readings);
      const before = inTime ? { before: { at: takeoverOf(pair, pool), ...arrivalAfter(-Infinity) } } : {};
      return { row, when: { ...when }, calls: arrived, ...answer, ...before };
    }
    case 'on-behalf-calls': {
      const { row, when } = cell;
      const decided = resting(when, (imported) => outcomeOnBehalf(pool.stage, imported, partner.stage));
      const placement = asPlaced(pair, pool, pool.stage, asInferredOf(decided, inPlace));
      const placed = countOf(calls.sinceStageBegan.placed, when.imported);
      return { row, when: { ...when }, outcome: placement.outcome, calls: placed, ...groundsIn(placement) };
    }
  }
}

/** RFC 3339: when the registrar of the partner takes over. */
const takeoverOf = (pair: PairFacts, pool: PoolFacts): string =>
  new Date(Date.parse(downSince(pair, pool)) + TAKEOVER_INTERVAL * 1000).toISOString();

const countOf = (calls: CallsByImport, imported: boolean): number =>
  imported ? calls.imported : calls.notImported;

function totalsOf({ totals, reported, cutOffBy, contradicted }: OwnerCalls): CallTotals {
  const causes = [...cutOffBy].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    inProgress: totals['in-progress'],
    connected: totals.connected,
    ended: totals.ended,
    disconnected: totals.disconnected,
    reported,
    disconnectedByStatement: Object.fromEntries(causes),
    ...(contradicted === 0 ? {} : { contradicted }),
    ...(reported === 0 ? { nothingReported: true } : {}),
  };
}
