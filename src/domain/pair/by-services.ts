/** What the record says of the services that a command needs: a warning, for what was done is recorded as it was. */
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import {
  failbackNeeds,
  troubleWith,
  whatFailbackLoses,
  type ServiceNeeds,
} from '../../../facts/service-needs.js';
import { centralManagementFirst } from '../../../facts/services.js';
import { allowed, warn, type Ruling } from '../rules.js';

export const byServices = (pair: PairFacts, needs: ServiceNeeds): Ruling =>
  allowed({ warnings: troubleWith(pair, needs) });

/** The pool that stood in hands over what changed meanwhile, or that is lost. */
export function failbackByServices(pair: PairFacts, partner: PoolFacts): Ruling {
  const needs = byServices(pair, failbackNeeds);
  const loss = whatFailbackLoses(partner);
  if (needs.outcome !== 'allowed' || loss === null) return needs;
  return allowed({ warnings: [...needs.warnings, ...warn('nothing-is-handed-over', loss)] });
}

/** A pool that goes for good must not take the store along. */
export function goingByServices(pair: PairFacts, pool: PoolFacts, does: string): Ruling {
  const first = centralManagementFirst(pair, pool);
  if (first?.on !== pool.fqdn) return byServices(pair, { does, centralManagement: true });
  const detail = `By the last report the Central Management store is on ${first.on}${first.isDown ? ', and down' : ''}: it is failed over or moved before ${does}, which is written there.`;
  return allowed({ warnings: warn('central-management-first', detail) });
}
