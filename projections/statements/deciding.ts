/** How much each statement decides right now: calls, agents and copies of objects, as seen from one pool. */
import { poolOf } from '../../facts/copies.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { groundsOfStage } from '../../policy/grounds.js';
import type { Stage } from '../../policy/stages.js';
import { statements, type Statement, type StatementId } from '../../policy/statements.js';
import { callStatusView } from '../call-status/view.js';
import type { CallStatusState } from '../call-status/state.js';
import { decidingCells, membersOf, type DecidingCell } from './cells.js';
import { permissionOf } from '../editability/view.js';
import { sightOf } from '../visibility/view.js';

export interface DecidingStatement extends Statement {
  /** Open calls of the rows about waiting and connected ones; those since the stage began of the two about new ones. */
  readonly calls: number;
  /** Agents whom the groups list that it speaks of. */
  readonly agents: number;
  /** Copies, on either pool. */
  readonly objects: number;
}

export interface DecidingView {
  readonly fqdn: string;
  readonly stage: Stage;
  readonly statements: readonly DecidingStatement[];
  /** The cells of the column of its stage. */
  readonly cells: readonly DecidingCell[];
}

interface Decided {
  calls: number;
  objects: number;
  readonly agents: Set<string>;
}

/** The column of the pool's stage, and what else decides something; null where the pair has no such pool. */
export function decidingView(state: CallStatusState, fqdn: string): DecidingView | null {
  const { pair } = state;
  const calls = callStatusView(state, fqdn);
  const pool = pair === null ? undefined : poolOf(pair, fqdn);
  if (pair === null || pool === undefined || calls === null) return null;
  const decided = new Map<StatementId, Decided>();
  const at = (id: StatementId): Decided => {
    const known = decided.get(id) ?? { calls: 0, objects: 0, agents: new Set<string>() };
    decided.set(id, known);
    return known;
  };
  for (const id of groundsOfStage(pool.stage).because) at(id);
  for (const row of calls.rows) for (const id of row.because) at(id).calls += row.calls;
  for (const copy of pair.copies.values()) addCopy(pair, copy, at);
  return {
    fqdn,
    stage: pool.stage,
    cells: decidingCells(pair, calls),
    statements: statements.flatMap((statement) => {
      const of = decided.get(statement.id);
      return of === undefined
        ? []
        : [{ ...statement, calls: of.calls, agents: of.agents.size, objects: of.objects }];
    }),
  };
}

function addCopy(pair: PairFacts, copy: Copy, at: (id: StatementId) => Decided): void {
  const { because, agentConsole } = sightOf(pair, copy);
  const ids = new Set([...because, ...permissionOf(pair, copy).because]);
  for (const id of ids) at(id).objects += 1;
  for (const id of agentConsole?.because ?? []) {
    for (const member of membersOf(copy)) at(id).agents.add(member);
  }
}
