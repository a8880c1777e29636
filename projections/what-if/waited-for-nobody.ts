/** Whose callers waited for nobody in one history. */
import { mostFirst, nameIn, type GroupCutOff } from '../effects/calls.js';
import type { Walk } from './walk.js';

export interface GroupWithNobody extends GroupCutOff {
  /** Why nobody could take its calls: statement ids, `inferred/<inference>`, or one of `reasonsForNobody`. */
  readonly because: readonly string[];
}

/** Calls that waited and that no agent could have taken at any time until they ended, or the record knows no more of them. */
export interface WaitedForNobody {
  readonly calls: number;
  /** The most calls first. */
  readonly byResponseGroup: readonly GroupWithNobody[];
  readonly callIds: readonly string[];
  /** Calls beyond those that are listed; absent where there are none. */
  readonly moreCallIds?: number;
  /** Calls of which the record cannot tell whether anybody could have taken them, and what it lacks. */
  readonly unknown: { readonly calls: number; readonly because: readonly string[] };
}

/** The most calls that are listed. */
const LISTED = 1_000;

export function waitedForNobody(walk: Walk): WaitedForNobody {
  const { log, waiting } = walk;
  const groups = new Map<string, { id: string; owner: string; calls: number; because: Set<string> }>();
  const unknown = { calls: 0, because: new Set<string>() };
  const callIds: string[] = [];
  let calls = 0;
  for (let call = 0; call < walk.cause.length; call += 1) {
    const staffing = waiting.staffingFor(call);
    if (staffing === null) continue;
    if (staffing.takenBy === 'unknown') {
      unknown.calls += 1;
      for (const reason of staffing.because) unknown.because.add(reason);
      continue;
    }
    calls += 1;
    if (callIds.length < LISTED) callIds.push(log.calls.at(call));
    const [owner, id] = [log.ownerOf(call), log.groupOf(call)];
    const group = groups.get(`${owner} ${id}`) ?? { id, owner, calls: 0, because: new Set() };
    groups.set(`${owner} ${id}`, group);
    group.calls += 1;
    for (const reason of staffing.because) group.because.add(reason);
  }
  return {
    calls,
    byResponseGroup: [...groups.values()]
      .map(({ id, owner, calls: some, because }) => ({
        id,
        name: nameIn(walk.pair, owner, id),
        owner,
        calls: some,
        because: [...because].sort(),
      }))
      .sort(mostFirst),
    callIds,
    ...(calls > LISTED ? { moreCallIds: calls - LISTED } : {}),
    unknown: { calls: unknown.calls, because: [...unknown.because].sort() },
  };
}
