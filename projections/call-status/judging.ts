/** What the beginning of a stage does to the calls of a pair, cohort by cohort. */
import type { PairFacts, PoolFacts } from '../../facts/pair.js';
import { isImported } from '../../facts/response-group.js';
import { fateWhenServingPoolFails, fateWhenStageBegins, type CallFate } from '../../policy/calls.js';
import { noCallsYet, type Cohort, type OwnerCalls, type StageBeginning } from './state.js';

/** The owner's own stage begins: every open call meets the outcome of its class. */
export function judgeOwnCalls(
  pair: PairFacts,
  owner: OwnerCalls,
  pool: PoolFacts,
  began: StageBeginning,
): void {
  owner.sinceStageBegan = noCallsYet();
  judge(owner, began, (group) => {
    const imported = isImported(pair, owner.fqdn, group);
    return ({ status, anonymous, servedBy }) =>
      fateWhenStageBegins(
        pool.stage,
        { phase: phaseOf(status), anonymous, imported, servedBy: servedBy ?? 'primary' },
        pair.readings,
      );
  });
}

/** The partner of the owner goes down: the calls that it serves for the owner meet its failure. */
export function judgeCallsServedByPartner(owner: OwnerCalls, began: StageBeginning): void {
  judge(
    owner,
    began,
    () =>
      ({ status, anonymous, servedBy }) =>
        servedBy === 'backup' ? fateWhenServingPoolFails({ phase: phaseOf(status), anonymous }) : null,
  );
}

type Judge = (cohort: Cohort) => CallFate | null;

function judge(owner: OwnerCalls, began: StageBeginning, judgeOf: (responseGroup: string) => Judge): void {
  for (const group of owner.groups.values()) {
    const fateOf = judgeOf(group.id);
    group.open = group.open.filter((cohort) => {
      const fate = fateOf(cohort);
      if (fate === null) return true;
      if (cohort.calls === 0) return false;
      settle(owner, cohort, fate, began);
      return fate.outcome === 'goes-on';
    });
  }
}

function settle(owner: OwnerCalls, cohort: Cohort, fate: CallFate, began: StageBeginning): void {
  const { outcome, ...judgement } = fate;
  const cutOff = outcome === 'disconnected';
  cohort.verdict = { judgement, cutOff, began, previous: cohort.verdict };
  cohort.connected = null;
  cohort.ended = null;
  if (!cutOff) return;
  owner.totals[cohort.status] -= cohort.calls;
  cohort.status = 'disconnected';
  countCutOff(owner, cohort, cohort.calls);
}

/** Counts calls of a cohort that were cut off, under what did it. */
export function countCutOff(owner: OwnerCalls, { verdict }: Cohort, calls: number): void {
  const { because, inference } = verdict.judgement;
  const cause = because[0] ?? `inferred/${inference ?? 'unknown'}`;
  owner.totals.disconnected += calls;
  owner.cutOffBy.set(cause, (owner.cutOffBy.get(cause) ?? 0) + calls);
}

const phaseOf = (status: Cohort['status']): 'connected' | 'in-progress' =>
  status === 'connected' ? 'connected' : 'in-progress';
