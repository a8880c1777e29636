/** The whole configuration on record that the two pools of a pair host, with what belongs together put together. */
import type { Properties } from '../../events/vocabulary.js';
import type { AudioByPath } from '../../events/export-file.js';
import type { AgentFacts } from '../../facts/agent.js';
import { requirePool } from '../../facts/copies.js';
import { copyKey, type Copy, type PairFacts } from '../../facts/pair.js';
import { referencesIn } from '../../policy/object-properties/references.js';
import { agentKey } from '../agent-console/fold.js';
import { byKindNameAndParent, copiesView, type CopiesView, type CopyEntry } from '../copy-entries.js';
import { Neighbours, textsIn, type Named } from './lookup.js';
import { completionOf, type Completion } from '../readiness/finding.js';
import { sheetOf, type ResponseGroupSheet } from './sheet.js';
import { groupOf, queueOf, type GroupOfQueue, type QueueOfWay } from './ways.js';

/** An object that a property names. */
export interface NamedReference extends Named {
  /** A JSON pointer: `/properties/defaultAction/queueId`. */
  readonly pointer: string;
  readonly kind: Copy['kind'];
}

export interface ConfiguredCopy extends CopyEntry {
  readonly properties: Properties;
  readonly references: readonly NamedReference[];
  /** What the last file said besides that no cmdlet documents, by path. */
  readonly unknownProperties?: Properties;
  /** The audio files that it names, by path. */
  readonly audio?: AudioByPath;
  readonly lastChange: Completion;
}

export interface ConfiguredAgent {
  readonly agent: string;
  /** Null where the agent is not registered. */
  readonly homePool: string | null;
  /** The groups that name the agent. */
  readonly groups: readonly (Named & { readonly parent: string })[];
}

/** One of the two is null. */
export interface Unreached {
  readonly parent: string;
  readonly queue: QueueOfWay | null;
  readonly group: GroupOfQueue | null;
}

export interface ConfigurationView extends CopiesView<ConfiguredCopy> {
  readonly applicationSettings: Properties;
  readonly responseGroups: readonly ResponseGroupSheet[];
  /** Queues that no response group on their pool takes calls to, and agent groups that no queue there names. */
  readonly unreached: readonly Unreached[];
  readonly agents: readonly ConfiguredAgent[];
}

/** Null where the pair has no such pool. */
export function configurationView(
  pair: PairFacts | null,
  fqdn: string,
  registered: ReadonlyMap<string, AgentFacts>,
): ConfigurationView | null {
  const copies = copiesView(pair, fqdn, contentOf);
  if (pair === null || copies === null) return null;
  const { objects, ...sides } = copies;
  return {
    ...sides,
    applicationSettings: requirePool(pair, fqdn).applicationSettings,
    responseGroups: [...pair.copies.values()]
      .filter(({ kind }) => kind === 'workflow')
      .sort(byKindNameAndParent)
      .map((copy) => sheetOf(pair, fqdn, copy)),
    unreached: unreachedIn(pair),
    agents: agentsOf(pair, registered),
    objects,
  };
}

function contentOf(pair: PairFacts, copy: Copy) {
  const { kind, parent, properties, unknownProperties, audio, lastChange } = copy;
  const near = new Neighbours(pair, parent);
  return {
    properties,
    references: referencesIn(kind, properties).map(({ pointer, kind: to, id }) => ({
      pointer,
      kind: to,
      ...near.named(to, id),
    })),
    ...(unknownProperties === undefined ? {} : { unknownProperties }),
    ...(audio === undefined ? {} : { audio }),
    lastChange: completionOf(lastChange),
  };
}

function unreachedIn(pair: PairFacts): readonly Unreached[] {
  const copies = [...pair.copies.values()].sort(byKindNameAndParent);
  const named = new Set(
    copies.flatMap(({ kind, parent, properties }) =>
      referencesIn(kind, properties).map((reference) => copyKey(parent, reference.kind, reference.id)),
    ),
  );
  return copies
    .filter(({ kind, parent, id }) => !named.has(copyKey(parent, kind, id)))
    .flatMap(({ kind, parent, id }): readonly Unreached[] => {
      const near = new Neighbours(pair, parent);
      if (kind === 'queue') return [{ parent, queue: queueOf(id, near), group: null }];
      return kind === 'agent-group' ? [{ parent, queue: null, group: groupOf(id, near) }] : [];
    });
}

/** Those whom a group names, and those who are registered in either pool, in the order of their addresses. */
function agentsOf(pair: PairFacts, registered: ReadonlyMap<string, AgentFacts>): readonly ConfiguredAgent[] {
  const fqdns = new Set(pair.pools.map(({ fqdn }) => fqdn));
  const agents = new Map<
    string,
    { agent: string; homePool: string | null; groups: ConfiguredAgent['groups'][number][] }
  >();
  for (const [key, { agent, homePool }] of registered) {
    if (fqdns.has(homePool)) agents.set(key, { agent, homePool, groups: [] });
  }
  const groups = [...pair.copies.values()]
    .filter(({ kind }) => kind === 'agent-group')
    .sort(byKindNameAndParent);
  for (const { id, name, parent, properties } of groups) {
    for (const agent of textsIn(properties, 'agentsByUri')) {
      const key = agentKey(agent);
      const known = agents.get(key) ?? { agent, homePool: registered.get(key)?.homePool ?? null, groups: [] };
      known.groups.push({ id, name, parent });
      agents.set(key, known);
    }
  }
  return [...agents].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, agent]) => agent);
}
