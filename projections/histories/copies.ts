/**
 * Copies of states that are folded on. Folds change their own maps and records in place; payloads of events they never
 * change, so that copies share these. Far faster than a copy of everything.
 */
import type { AgentFacts } from '../../facts/agent.js';
import { copyOfPair } from '../../facts/pair-copy.js';
import type { AgentConsoleState } from '../agent-console/fold.js';
import { RecentlyClosed } from '../call-status/recently-closed.js';
import { isOpen } from '../call-status/cohorts.js';
import {
  isKept,
  type CallRecord,
  type CallStatusState,
  type Cohort,
  type OwnerCalls,
} from '../call-status/state.js';
import type { ExportsState } from '../exports/fold.js';

export const copyOfAgents = (agents: AgentConsoleState['agents']): AgentConsoleState['agents'] =>
  new Map(
    [...agents].map(([key, agent]): [string, AgentFacts] => [
      key,
      {
        ...agent,
        signIns: new Map(agent.signIns),
        lastSignIns: new Map(agent.lastSignIns),
        signOuts: new Map(agent.signOuts),
      },
    ]),
  );

/** Records that are counted on, in two levels of maps. */
export const copyOfCounts = <Key, Counts extends object>(
  counts: ReadonlyMap<string, ReadonlyMap<Key, Counts>>,
): Map<string, Map<Key, Counts>> =>
  new Map(
    [...counts].map(([incident, some]) => [
      incident,
      new Map([...some].map(([key, one]) => [key, { ...one }])),
    ]),
  );

export const copyOfReturns = (returns: AgentConsoleState['returns']): AgentConsoleState['returns'] =>
  new Map(
    [...returns].map(([incident, one]) => [
      incident,
      { ...one, away: new Set(one.away), back: [...one.back] },
    ]),
  );

export const copyOfExports = ({ exports, latest }: ExportsState): ExportsState => ({
  exports: new Map(
    [...exports].map(([id, outline]) => [
      id,
      { ...outline, changes: { ...outline.changes }, imports: [...outline.imports] },
    ]),
  ),
  latest,
});

/** Without the sweep, which lets go of calls that are over: they are let go of at once. */
export function copyOfCallStatus(state: CallStatusState): CallStatusState {
  const copies = new Copies();
  return {
    ...state,
    pair: state.pair && copyOfPair(state.pair),
    owners: state.owners.map((owner) => copies.owner(owner)),
    calls: new Map(
      [...state.calls]
        .filter(([id, { cohort }]) => isOpen(cohort.status) || isKept(state, id))
        .map(([id, call]) => [id, copies.call(call)]),
    ),
    recentlyClosed: new RecentlyClosed(),
    sweep: null,
    consequences: [...state.consequences],
    arrivalsRetracted: new Set(state.arrivalsRetracted),
    lateness: null,
  };
}

/** Cohorts refer to each other and to their owners: each is copied once. */
class Copies {
  private readonly cohorts = new Map<Cohort, Cohort>();
  private readonly owners = new Map<OwnerCalls, OwnerCalls>();

  owner(owner: OwnerCalls): OwnerCalls {
    const known = this.owners.get(owner);
    if (known !== undefined) return known;
    const { arrived, placed } = owner.sinceStageBegan;
    const copy: OwnerCalls = {
      ...owner,
      groups: new Map(),
      totals: { ...owner.totals },
      cutOffBy: new Map(owner.cutOffBy),
      cutOffs: copyOfCounts(owner.cutOffs),
      activity: copyOfCounts(owner.activity),
      firstServed: new Map(owner.firstServed),
      sinceStageBegan: { arrived: { ...arrived }, placed: { ...placed } },
    };
    this.owners.set(owner, copy);
    for (const [id, group] of owner.groups) {
      copy.groups.set(id, {
        id,
        open: group.open.map((cohort) => this.cohort(cohort)),
        arriving: group.arriving && this.cohort(group.arriving),
        placed: group.placed && this.cohort(group.placed),
        cutOffBy: new Map(group.cutOffBy),
      });
    }
    return copy;
  }

  cohort(cohort: Cohort): Cohort {
    const known = this.cohorts.get(cohort);
    if (known !== undefined) return known;
    const copy: Cohort = { ...cohort, owner: this.owner(cohort.owner), connected: null, ended: null };
    this.cohorts.set(cohort, copy);
    copy.connected = cohort.connected && this.cohort(cohort.connected);
    copy.ended = cohort.ended && this.cohort(cohort.ended);
    return copy;
  }

  call(call: CallRecord): CallRecord {
    return { ...call, cohort: this.cohort(call.cohort) };
  }
}
