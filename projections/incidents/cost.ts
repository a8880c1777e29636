/** What an incident cost callers: the calls that were cut off, by cause, response group and five minutes. */
import { copyOf, partnerOf, poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import type { OwnerCalls } from '../call-status/state.js';
import { span, type CutOffCell } from './cut-offs.js';

export interface CutOffByGroup {
  readonly id: string;
  /** Null where no pool of the pair has it any more. */
  readonly name: string | null;
  /** The pool that owns it. */
  readonly owner: string;
  readonly calls: number;
}

export interface CutOffInSpan {
  readonly from: string;
  readonly to: string;
  readonly calls: number;
}

export interface CutOffCalls {
  readonly total: number;
  /** By statement id, or `inferred/<inference>` where the document is silent. */
  readonly byStatement: Readonly<Record<string, number>>;
  /** The most calls first. */
  readonly byResponseGroup: readonly CutOffByGroup[];
  /** Five minutes each, the earliest first; those without any are left out. */
  readonly overTime: readonly CutOffInSpan[];
  /**
   * Times in the course of the incident were corrected, and the calls are those that were cut off in the order of the log.
   * Absent where none was, and in answers in the order in which things happened.
   */
  readonly order?: 'log';
}

interface Cell extends CutOffCell {
  readonly owner: string;
}

/** @param isRetimed whether times in its course were corrected that the calls do not go by */
export function cutOffIn(
  pair: PairFacts,
  owners: readonly OwnerCalls[],
  incident: string,
  isRetimed = false,
): CutOffCalls {
  const cells = owners.flatMap((owner) =>
    [...(owner.cutOffs.get(incident)?.values() ?? [])].map((cell): Cell => ({ ...cell, owner: owner.fqdn })),
  );
  return {
    total: sum(cells),
    byStatement: Object.fromEntries(inOrder(sumsBy(cells, ({ cause }) => cause))),
    byResponseGroup: groupsOf(pair, cells),
    overTime: [...sumsBy(cells, ({ from }) => from)]
      .sort(([one], [other]) => one - other)
      .map(([from, calls]) => ({ from: timeOf(from), to: timeOf(from + span), calls })),
    ...(isRetimed ? { order: 'log' } : {}),
  };
}

function groupsOf(pair: PairFacts, cells: readonly Cell[]): readonly CutOffByGroup[] {
  const byGroup = Map.groupBy(cells, ({ owner, responseGroup }) => `${owner}|${responseGroup}`);
  return [...byGroup.values()]
    .flatMap((some): readonly CutOffByGroup[] => {
      const [first] = some;
      if (first === undefined) return [];
      const { owner, responseGroup: id } = first;
      return [{ id, name: nameOf(pair, owner, id), owner, calls: sum(some) }];
    })
    .sort((one, other) => other.calls - one.calls || (one.id < other.id ? -1 : 1));
}

function nameOf(pair: PairFacts, owner: string, id: string): string | null {
  if (poolOf(pair, owner) === undefined) return null;
  const copy =
    copyOf(pair, owner, 'workflow', id) ?? copyOf(pair, partnerOf(pair, owner).fqdn, 'workflow', id);
  return copy?.name ?? null;
}

function sumsBy<Key>(cells: readonly Cell[], keyOf: (cell: Cell) => Key): ReadonlyMap<Key, number> {
  const sums = new Map<Key, number>();
  for (const cell of cells) sums.set(keyOf(cell), (sums.get(keyOf(cell)) ?? 0) + cell.calls);
  return sums;
}

const sum = (cells: readonly Cell[]): number => cells.reduce((total, { calls }) => total + calls, 0);
const inOrder = (sums: ReadonlyMap<string, number>): readonly (readonly [string, number])[] =>
  [...sums].sort(([one], [other]) => (one < other ? -1 : 1));
const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();
