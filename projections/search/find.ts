/** Where a search looks: pools, objects, agents and open calls in their states, and the statements. */
import type { AgentFacts } from '../../facts/agent.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { statements } from '../../policy/statements.js';
import type { CallRecord, CallStatusState } from '../call-status/state.js';
import { fits, type BestHits, type Fit } from './hits.js';
import { bestOf, fitOf, fitOfAddress, fitOfId, fitOfWords, type Wanted } from './wanted.js';

/** Whether whoever searches may know of a pool. */
export type Reach = (pool: string) => boolean;

export function findPools(pools: Iterable<string>, wanted: Wanted, reach: Reach, found: BestHits): void {
  for (const pool of pools) {
    const fit = fitOf(wanted, pool);
    if (fit !== null && reach(pool)) found.add({ kind: 'pool', id: pool, name: pool, pool }, fit);
  }
}

/** By id, name, their words with that of its kind, and the address or number of a workflow. An object is one hit, however many pools host it. */
export function findObjects(pair: PairFacts, wanted: Wanted, reach: Reach, found: BestHits): void {
  const seen = new Set<string>();
  for (const copy of pair.copies.values()) {
    const fit = fitOfCopy(copy, wanted);
    if (fit === null) continue;
    const pool = [copy.owner, copy.parent].find(reach);
    const key = `${copy.kind}|${copy.id}|${copy.owner}`;
    if (pool === undefined || seen.has(key)) continue;
    seen.add(key);
    const { id, name, kind: objectKind } = copy;
    found.add({ kind: 'object', id, name, pool, objectKind }, fit);
  }
}

function fitOfCopy({ kind, id, name, properties }: Copy, wanted: Wanted): Fit | null {
  const fit = bestOf(fitOf(wanted, name), fitOfId(wanted, id), fitOfWords(wanted, `${name} ${id} ${kind}`));
  if (kind !== 'workflow' || wanted.address === null) return fit;
  const addresses = ['primaryUri', 'lineUri', 'displayNumber'].map((property) => properties[property]);
  return bestOf(
    fit,
    ...addresses.map((address) => (typeof address === 'string' ? fitOfAddress(wanted, address) : null)),
  );
}

export function findAgents(
  agents: Iterable<AgentFacts>,
  wanted: Wanted,
  reach: Reach,
  found: BestHits,
): void {
  for (const { agent, homePool } of agents) {
    const fit = bestOf(fitOf(wanted, agent), fitOfAddress(wanted, agent));
    if (fit !== null && reach(homePool))
      found.add({ kind: 'agent', id: agent, name: agent, pool: homePool }, fit);
  }
}

/** By id, and by the address or number of the caller where that is the whole of it. */
export function findOpenCalls(
  { calls }: CallStatusState,
  wanted: Wanted,
  reach: Reach,
  found: BestHits,
): void {
  for (const call of calls.values()) {
    const byId = fitOfId(wanted, call.callId);
    const byCaller =
      byId === null && wanted.address !== null && call.caller !== null
        ? fitOfAddress(wanted, call.caller)
        : null;
    const fit = byId ?? byCaller;
    if (fit !== null) addCall(call, fit, reach, found);
  }
}

export function addCall(
  { callId, caller, cohort }: CallRecord,
  fit: Fit,
  reach: Reach,
  found: BestHits,
): void {
  const pool = cohort.owner.fqdn;
  if (reach(pool)) found.add({ kind: 'call', id: callId, name: caller ?? callId, pool }, fit);
}

/** By id, and by their text, which nobody looks for as a whole. */
export function findStatements(wanted: Wanted, found: BestHits): void {
  for (const { id, text } of statements) {
    const byText = fitOf(wanted, text);
    const fit = bestOf(fitOf(wanted, id), byText === null || byText === fits.words ? byText : fits.part);
    if (fit !== null) found.add({ kind: 'statement', id, name: text, pool: null }, fit);
  }
}
