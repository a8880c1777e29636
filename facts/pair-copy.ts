/** The fold of a pair changes the state that it is given: what is asked what would happen folds into a copy. */
import type { PairFacts } from './pair-state.js';

/** Another state with the same facts: what is folded into one of the two does not show in the other. */
export function copyOfPair(pair: PairFacts): PairFacts {
  const [first, second] = pair.pools;
  const copyOfPool = (pool: PairFacts['pools'][0]): PairFacts['pools'][0] => ({
    ...pool,
    signInsVoidUpTo: { ...pool.signInsVoidUpTo },
  });
  return {
    ...pair,
    pools: [copyOfPool(first), copyOfPool(second)],
    formerNames: pair.formerNames.map((name) => ({ ...name })),
    copies: new Map([...pair.copies].map(([key, copy]) => [key, { ...copy }])),
    departed: new Map(pair.departed),
    removed: new Map(pair.removed),
    // A file never changes once it is on record.
    exports: new Map(pair.exports),
    incidents: pair.incidents.map((incident) => ({
      ...incident,
      notes: [...incident.notes],
      ticks: new Map(incident.ticks),
    })),
    struckIncidents: [...pair.struckIncidents],
    replication: pair.replication && { ...pair.replication, journal: [...pair.replication.journal] },
    incidentLog: [...pair.incidentLog],
    recorded: new Map(pair.recorded),
  };
}
