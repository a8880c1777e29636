/** How much each cell of a pool's column decides: the open or new calls, the agents and the copies that it speaks of. */
import { governingCell, partnerOf } from '../../facts/copies.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { isHostedByFailedPool } from '../../policy/copies.js';
import { cellsOf } from '../../policy/experience/matrix.js';
import type { ConfigurationCell, ConsoleCell, ExperienceCell } from '../../policy/experience/types.js';
import type { CallStatusView } from '../call-status/view.js';

interface Decided {
  readonly calls: number;
  readonly agents: number;
  readonly objects: number;
}

export type DecidingCell<Cell extends ExperienceCell = ExperienceCell> = Cell extends ExperienceCell
  ? Pick<Cell, 'row' | 'when'> & Decided
  : never;

type CopyCell = ConsoleCell | ConfigurationCell;

const isAboutCopies = (cell: ExperienceCell): cell is CopyCell =>
  cell.row === 'agent-console' || cell.row === 'configuration';

/** In the order of the document. A copy that the partner's column decides counts there. */
export function decidingCells(
  pair: PairFacts,
  { fqdn, stage, rows }: CallStatusView,
): readonly DecidingCell[] {
  const copies = [...pair.copies.values()].filter((copy) => deciderOf(pair, copy) === fqdn);
  return [
    ...rows.map(({ row, when, calls }) => ({ row, when, calls, agents: 0, objects: 0 }) as DecidingCell),
    ...cellsOf(stage)
      .filter(isAboutCopies)
      .map((cell) => countedIn(pair, cell, copies)),
  ];
}

/** The pool whose column decides the copy; null where both pools are down, and no column does. */
function deciderOf(pair: PairFacts, copy: Copy): string | null {
  const cell = governingCell(pair, copy);
  if (isHostedByFailedPool(cell)) return null;
  return cell.ownership === 'backup' ? partnerOf(pair, copy.owner).fqdn : copy.owner;
}

function countedIn(pair: PairFacts, cell: CopyCell, copies: readonly Copy[]): DecidingCell {
  const spokenOf = copies.filter((copy) => {
    const { ownership, backEndDatabase } = governingCell(pair, copy);
    if (ownership !== cell.when.ownership) return false;
    return cell.row === 'agent-console'
      ? copy.kind === 'agent-group'
      : backEndDatabase === cell.when.backEndDatabase;
  });
  const counts = {
    calls: 0,
    agents: cell.row === 'agent-console' ? new Set(spokenOf.flatMap(membersOf)).size : 0,
    objects: spokenOf.length,
  };
  return cell.row === 'agent-console'
    ? { row: cell.row, when: { ...cell.when }, ...counts }
    : { row: cell.row, when: { ...cell.when }, ...counts };
}

/** The agents whom a group lists, each in one spelling. */
export function membersOf({ properties }: Pick<Copy, 'properties'>): readonly string[] {
  const members = properties['agentsByUri'];
  return Array.isArray(members)
    ? members.flatMap((member) => (typeof member === 'string' ? [member.toLowerCase()] : []))
    : [];
}
