/** The effect of a stage that begins on the calls of a pair, cohort by cohort. */
import { partnerOf, requirePool } from '../../facts/copies.js';
import type { PairFacts, PoolFacts } from '../../facts/pair.js';
import { isImported, standInOf } from '../../facts/response-group.js';
import {
  outcomeOfOpenCall,
  outcomeWhenReplacementServes,
  outcomeWhenServingPoolFails,
  type OpenCallOutcome,
} from '../../policy/calls.js';
import { restingOn } from '../../policy/grounds.js';
import { addCutOff, takeBack, type CutOffMoment } from '../incidents/cut-offs.js';
import { noCallsYet, type Cohort, type OwnerCalls, type StageBeginning } from './state.js';

/** The owner's own stage begins: every open call meets the outcome of its class. */
export function decideOwnCalls(
  pair: PairFacts,
  owner: OwnerCalls,
  pool: PoolFacts,
  began: StageBeginning,
  incident: string,
): void {
  owner.sinceStageBegan = noCallsYet();
  const backupStage = partnerOf(pair, pool.fqdn).stage;
  decideOpenCalls(owner, began, incident, (group) => {
    const imported = isImported(pair, owner.fqdn, group);
    const by = standInOf(pair, owner.fqdn, group);
    return ({ status, anonymous, servedBy }) => {
      const call = { phase: phaseOf(status), anonymous, servedBy: servedBy ?? 'primary' } as const;
      const outcomeIf = (isThere: boolean): OpenCallOutcome =>
        outcomeOfOpenCall(pool.stage, { ...call, imported: isThere }, backupStage, pair.readings);
      return restingOn(by, outcomeIf(imported), () => outcomeIf(false));
    };
  });
}

/** The owner takes the place of a pool that is lost, and serves: no call is cut off, wherever it is. */
export function letCallsGoOn(owner: OwnerCalls, began: StageBeginning, incident: string): void {
  owner.sinceStageBegan = noCallsYet();
  decideOpenCalls(owner, began, incident, () => () => outcomeWhenReplacementServes);
}

/** The partner of the owner goes down: the calls that it serves for the owner meet its failure. */
export function decideCallsServedByPartner(
  pair: PairFacts,
  owner: OwnerCalls,
  began: StageBeginning,
  incident: string,
): void {
  const { stage } = requirePool(pair, owner.fqdn);
  decideOpenCalls(
    owner,
    began,
    incident,
    () =>
      ({ status, anonymous, servedBy }) =>
        servedBy === 'backup'
          ? outcomeWhenServingPoolFails({ phase: phaseOf(status), anonymous }, stage)
          : null,
  );
}

type Decide = (cohort: Cohort) => OpenCallOutcome | null;

function decideOpenCalls(
  owner: OwnerCalls,
  began: StageBeginning,
  incident: string,
  decideOf: (responseGroup: string) => Decide,
): void {
  for (const group of owner.groups.values()) {
    const decide = decideOf(group.id);
    group.open = group.open.filter((cohort) => {
      const decided = decide(cohort);
      if (decided === null) return true;
      if (cohort.calls === 0) return false;
      settle(owner, cohort, decided, began, incident);
      return decided.outcome === 'goes-on';
    });
  }
}

function settle(
  owner: OwnerCalls,
  cohort: Cohort,
  decided: OpenCallOutcome,
  began: StageBeginning,
  incident: string,
): void {
  const { outcome, ...grounds } = decided;
  const cutOff = outcome === 'disconnected';
  cohort.ruling = { grounds, cutOff, began, previous: cohort.ruling };
  cohort.connected = null;
  cohort.ended = null;
  if (!cutOff) return;
  owner.totals[cohort.status] -= cohort.calls;
  cohort.status = 'disconnected';
  countCutOff(owner, cohort, cohort.calls, { incident, occurredAt: began.occurredAt });
}

/** Counts calls of a cohort that were cut off, by cause, and what their incident cost. */
export function countCutOff(
  owner: OwnerCalls,
  { ruling, responseGroup }: Cohort,
  calls: number,
  moment: CutOffMoment,
): void {
  const cause = causeOf(ruling.grounds);
  owner.totals.disconnected += calls;
  addCutOff(owner.cutOffs, moment, responseGroup, cause, calls);
  add(owner.cutOffBy, cause, calls);
  const group = owner.groups.get(responseGroup);
  if (group !== undefined) add(group.cutOffBy, cause, calls);
}

function add(counts: Map<string, number>, cause: string, calls: number): void {
  const sum = (counts.get(cause) ?? 0) + calls;
  if (sum === 0) counts.delete(cause);
  else counts.set(cause, sum);
}

/** What a cut-off is counted under: its first statement, or `inferred/<inference>`. */
export const causeOf = ({
  because: [first],
  inference,
}: {
  readonly because: readonly string[];
  readonly inference: string | null;
}): string => first ?? `inferred/${inference ?? 'unknown'}`;

/** One cut-off is no longer counted. False where none is counted under the cause. */
export function takeBackCutOff(owner: OwnerCalls, responseGroup: string, cause: string): boolean {
  if ((owner.cutOffBy.get(cause) ?? 0) === 0) return false;
  add(owner.cutOffBy, cause, -1);
  const group = owner.groups.get(responseGroup);
  if ((group?.cutOffBy.get(cause) ?? 0) > 0 && group !== undefined) add(group.cutOffBy, cause, -1);
  owner.totals.disconnected -= 1;
  owner.contradicted += 1;
  takeBack(owner.cutOffs, responseGroup, cause);
  return true;
}

const phaseOf = (status: Cohort['status']): 'connected' | 'in-progress' =>
  status === 'connected' ? 'connected' : 'in-progress';
