/** The cohort of a call: when it arrives, is connected, or ends. */
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { CallStatus } from '../../facts/call.js';
import type { PairFacts, PoolFacts } from '../../facts/pair.js';
import { requirePool } from '../../facts/copies.js';
import { arrivalNow, placementNow } from '../../facts/response-group.js';
import type { Grounds } from '../../policy/grounds.js';
import { isCarriedInTime } from '../../policy/registrar-takeover.js';
import type { CallStatusState, Cohort, GroupCalls, OwnerCalls, CohortRuling } from './state.js';

export function groupOf(owner: OwnerCalls, responseGroup: string): GroupCalls {
  let group = owner.groups.get(responseGroup);
  if (group === undefined) {
    group = { id: responseGroup, open: [], arriving: null, placed: null, cutOffBy: new Map() };
    owner.groups.set(responseGroup, group);
  }
  return group;
}

/** After an event of the pair, the next call of each response group that it concerns may have another outcome. */
export function reconsiderNewCalls({ owners }: CallStatusState, event: PoolkeeperEvent): void {
  for (const { groups } of owners) {
    switch (event.type) {
      case 'ObjectCreated':
      case 'ObjectModified':
      case 'ObjectRemoved':
        // The outcome depends on the copies of the response group itself and on no other object.
        if (event.data.kind === 'workflow') reconsider(groups.get(event.data.id));
        break;
      default:
        for (const group of groups.values()) reconsider(group);
    }
  }
}

function reconsider(group: GroupCalls | undefined): void {
  if (group === undefined) return;
  group.arriving = null;
  group.placed = null;
}

/**
 * The cohort of a call that arrives as things stand.
 * @param at RFC 3339: when it arrives
 */
export function cohortOfArrivals(pair: PairFacts, owner: OwnerCalls, group: GroupCalls, at: string): Cohort {
  const pool = requirePool(pair, owner.fqdn);
  const last = group.arriving;
  if (last !== null && !isCarriedInTime(pool.stage, pair.readings)) return last;
  const { outcome, imported, anonymous } = arrivalNow(pair, pool, group.id, at);
  const { servedBy, ...grounds } = outcome;
  const cutOff = servedBy === null;
  const status = cutOff ? 'disconnected' : 'in-progress';
  const alike = [...(last === null ? [] : [last]), ...group.open].find(
    (cohort) =>
      cohort.status === status &&
      cohort.ruling.previous === null &&
      cohort.anonymous === anonymous &&
      cohort.imported === imported &&
      cohort.servedBy === servedBy &&
      sameGrounds(cohort.ruling.grounds, grounds),
  );
  group.arriving =
    alike ??
    opened({
      owner,
      responseGroup: group.id,
      onBehalf: false,
      anonymous,
      imported,
      servedBy,
      contradicts: null,
      status,
      ruling: firstRuling(grounds, cutOff),
    });
  if (alike === undefined && !cutOff) group.open.push(group.arriving);
  return group.arriving;
}

/** The cohort of a call that is placed on behalf of the group now. One that could not succeed was never connected. */
export function cohortOfPlacements(pair: PairFacts, owner: OwnerCalls, group: GroupCalls): Cohort {
  if (group.placed !== null) return group.placed;
  const pool: PoolFacts = requirePool(pair, owner.fqdn);
  const { outcome, grounds, imported, anonymous, servedBy } = placementNow(pair, pool, group.id);
  const cutOff = outcome !== 'succeed';
  group.placed = opened({
    owner,
    responseGroup: group.id,
    onBehalf: true,
    anonymous,
    imported,
    servedBy: cutOff ? null : servedBy,
    contradicts: null,
    status: cutOff ? 'disconnected' : 'connected',
    ruling: firstRuling(grounds, cutOff),
  });
  return group.placed;
}

/** The cohort of an in-progress call that an agent answers. */
export function cohortOnceConnected(cohort: Cohort, group: GroupCalls): Cohort {
  if (cohort.connected !== null) return cohort.connected;
  cohort.connected = following(cohort, 'connected');
  group.open.push(cohort.connected);
  return cohort.connected;
}

/** The cohort of an open call that ends. */
export function cohortOnceEnded(cohort: Cohort): Cohort {
  cohort.ended ??= following(cohort, 'ended');
  return cohort.ended;
}

export const isOpen = (status: CallStatus): boolean => status === 'in-progress' || status === 'connected';

export const sameGrounds = (one: Grounds, other: Grounds): boolean =>
  one.inference === other.inference &&
  one.because.length === other.because.length &&
  one.because.every((statement, index) => statement === other.because[index]);

const firstRuling = (grounds: Grounds, cutOff: boolean): CohortRuling => ({
  grounds,
  cutOff,
  began: null,
  previous: null,
});

export const opened = (cohort: Omit<Cohort, 'calls' | 'connected' | 'ended'>): Cohort => ({
  owner: cohort.owner,
  responseGroup: cohort.responseGroup,
  onBehalf: cohort.onBehalf,
  anonymous: cohort.anonymous,
  imported: cohort.imported,
  servedBy: cohort.servedBy,
  contradicts: cohort.contradicts,
  status: cohort.status,
  ruling: cohort.ruling,
  calls: 0,
  connected: null,
  ended: null,
});

const following = (cohort: Cohort, status: CallStatus): Cohort => opened({ ...cohort, status });

/** An open call is no longer among those that stages decide on, nor in the totals. */
export function letGo(state: CallStatusState, callId: string): void {
  const call = state.calls.get(callId);
  if (call === undefined || !isOpen(call.cohort.status)) return;
  const { cohort } = call;
  cohort.calls -= 1;
  if (!cohort.onBehalf) cohort.owner.totals[cohort.status] -= 1;
  state.calls.delete(callId);
}
