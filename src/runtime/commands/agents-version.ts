import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AgentFacts } from '../../../facts/agent.js';
import type { Failed } from '../result.js';
import { failed } from '../result.js';
import type { ExecutionContext } from './execution-context.js';

/** Of what is on record of all agents that a list of users may show: who, where, and what the last list said of them. */
export function agentsVersion(agents: ReadonlyMap<string, AgentFacts>): string {
  const shown = [...agents]
    .map(([key, { homePool, onList }]) => [
      key,
      homePool,
      onList?.listed ?? null,
      onList?.enabled ?? null,
      onList?.enterpriseVoice ?? null,
    ])
    .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  return `agents-${hash('sha256', canonicalize(shown) ?? '', 'hex').slice(0, 32)}`;
}

/** Null where what is on record is what the request was made for. */
export function agentsMovedOn(ifMatch: ExecutionContext['ifMatch'], version: string): Failed | null {
  if (ifMatch === null || ifMatch === '*' || ifMatch.includes(version)) return null;
  return failed({
    kind: 'precondition-failed',
    stream: 'agents',
    revision: version,
    detail: `A list of users writes the streams of many agents, and what is on record of all of them is "${version}": preview the list again and send If-Match: "${version}" if it still makes sense. Nothing was recorded.`,
  });
}
