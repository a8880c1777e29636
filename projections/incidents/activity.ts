/**
 * What happened in the course of each incident, counted by five minutes as it is folded: a course of any length is drawn
 * without its calls. Cut-offs are counted beside it, by their causes: `cut-offs.ts`.
 */
import type { AgentSignedIn, AgentSignedOut } from '../../events/agent.js';
import type { Recorded } from '../../events/envelope.js';
import { poolOf, requirePool } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import type { Cohort } from '../call-status/state.js';
import { span } from './cut-offs.js';

/** Of the calls of the pool that went down. */
export interface CallCounts {
  arrived: number;
  connected: number;
  ended: number;
}

/** Sign-ins and sign-outs, on either pool. */
export interface SignCounts {
  signedIn: number;
  signedOut: number;
}

/** By incident, and by when the five minutes began, in milliseconds since 1970. */
export type Activity<Counts> = Map<string, Map<number, Counts>>;

const noCalls = (): CallCounts => ({ arrived: 0, connected: 0, ended: 0 });
const noSigns = (): SignCounts => ({ signedIn: 0, signedOut: 0 });

/** A call of a pool of which an incident is under way. Those that its agents place are no load of callers. */
export function noteCall(
  pair: PairFacts | null,
  { owner, onBehalf }: Pick<Cohort, 'owner' | 'onBehalf'>,
  what: keyof CallCounts,
  occurredAt: string,
): void {
  const incident = pair === null || onBehalf ? null : requirePool(pair, owner.fqdn).incident;
  if (incident !== null) countsAt(owner.activity, incident, occurredAt, noCalls)[what] += 1;
}

/** A sign-in or sign-out counts in every incident of the pair. */
export function noteSign(
  signs: Activity<SignCounts>,
  pairs: Iterable<PairFacts>,
  { type, data, metadata }: Recorded<AgentSignedIn | AgentSignedOut>,
): void {
  const what = type === 'AgentSignedIn' ? 'signedIn' : 'signedOut';
  for (const pair of pairs) {
    if (poolOf(pair, data.pool) === undefined) continue;
    for (const { incident } of pair.pools)
      if (incident !== null) countsAt(signs, incident, metadata.occurredAt, noSigns)[what] += 1;
  }
}

function countsAt<Counts>(
  activity: Activity<Counts>,
  incident: string,
  occurredAt: string,
  none: () => Counts,
): Counts {
  let ofIncident = activity.get(incident);
  if (ofIncident === undefined) activity.set(incident, (ofIncident = new Map<number, Counts>()));
  const from = Math.floor(Date.parse(occurredAt) / span) * span;
  let counts = ofIncident.get(from);
  if (counts === undefined) ofIncident.set(from, (counts = none()));
  return counts;
}
