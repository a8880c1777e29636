/**
 * Calls cut off in the course of each incident: how many, by five minutes, response group and cause. Call status counts
 * them as it decides them, so that what an incident cost is known without its calls, and cannot differ from its totals.
 */

/** In milliseconds. */
export const span = 300_000;

/** Calls that were cut off alike. */
export interface CutOffCell {
  /** The id of the workflow. */
  readonly responseGroup: string;
  /** A statement or `inferred/<inference>`. */
  readonly cause: string;
  /** When the five minutes began, in milliseconds since 1970. */
  readonly from: number;
  calls: number;
}

/** By incident, which is empty where none was under way, and by `keyOf`. Of the response groups of one pool. */
export type CutOffs = Map<string, Map<string, CutOffCell>>;

const keyOf = (responseGroup: string, cause: string, from: number): string =>
  `${from}|${cause}|${responseGroup}`;

/** Where a cut-off belongs: its incident, and when it happened. */
export interface CutOffMoment {
  readonly incident: string;
  readonly occurredAt: string;
}

export function addCutOff(
  cutOffs: CutOffs,
  { incident, occurredAt }: CutOffMoment,
  responseGroup: string,
  cause: string,
  calls: number,
): void {
  const cells = cutOffs.get(incident) ?? new Map<string, CutOffCell>();
  cutOffs.set(incident, cells);
  const from = Math.floor(Date.parse(occurredAt) / span) * span;
  const key = keyOf(responseGroup, cause, from);
  const cell = cells.get(key);
  if (cell === undefined) cells.set(key, { responseGroup, cause, from, calls });
  else cell.calls += calls;
}

/**
 * One call was not cut off after all. Of closed calls nobody keeps when that was: it is taken from the latest incident, and
 * the last five minutes in it, in which one of its response group was cut off for the same cause.
 */
export function takeBack(cutOffs: CutOffs, responseGroup: string, cause: string): void {
  for (const cells of [...cutOffs.values()].reverse()) {
    let last: readonly [string, CutOffCell] | undefined;
    for (const entry of cells) {
      const [, cell] = entry;
      if (cell.responseGroup !== responseGroup || cell.cause !== cause) continue;
      if (last === undefined || cell.from >= last[1].from) last = entry;
    }
    if (last === undefined) continue;
    const [key, cell] = last;
    if (cell.calls === 1) cells.delete(key);
    else cell.calls -= 1;
    return;
  }
}
