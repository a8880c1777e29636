/** Response groups as people name them: by id, or by the name that their pools show. */
import { copyKey, type PairFacts } from '../../facts/pair.js';

/**
 * The ids of the response groups that a text means: the one with this id, also one that was removed, or else those of
 * the pool with this name. Names are compared without regard to case. Empty where it means none.
 */
export function groupsMeant(pair: PairFacts, owner: string, text: string): readonly string[] {
  const keys = pair.pools.map(({ fqdn }) => copyKey(fqdn, 'workflow', text));
  if (keys.some((key) => pair.copies.has(key) || pair.removed.has(key))) return [text];
  const wanted = folded(text);
  const named = workflowsOf(pair, owner).filter(({ name }) => folded(name) === wanted);
  return [...new Set(named.map(({ id }) => id))];
}

/** The names of a pool's response groups that hold a text; all of them where none does. In the order of the alphabet. */
export function groupNamesLike(pair: PairFacts, owner: string, text: string): readonly string[] {
  const names = [...new Set(workflowsOf(pair, owner).map(({ name }) => name))].sort();
  const wanted = folded(text);
  const like = names.filter((name) => folded(name).includes(wanted));
  return like.length > 0 ? like : names;
}

const folded = (text: string): string => text.trim().toLowerCase();

const workflowsOf = (pair: PairFacts, fqdn: string) =>
  [...pair.copies.values()].filter(({ kind, owner }) => kind === 'workflow' && owner === fqdn);
