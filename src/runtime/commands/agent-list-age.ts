/** Whether a list of users is older than what is on record of the agents that it shows. */
import type { ListCommands } from '../../domain/commands.js';
import type { Warning } from '../../domain/decision.js';
import { newerStay, newsFor, warnOfOlder } from '../../domain/list-news.js';
import { clockSkew } from '../../domain/pair/transfer/newer-records.js';
import type { AgentFacts } from '../../../facts/agent.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import { failed, type Failed } from '../result.js';
import type { ExecutionContext } from './execution-context.js';
import { isCredible } from './written-at.js';

interface Age extends Pick<ExecutionContext, 'occurredAt' | 'now'> {
  /** RFC 3339, UTC; absent where nothing says it, or where that is not to matter. */
  readonly fileTime?: string;
}

/** Warnings where the time of the list was given; a refusal where its file time alone says that it would set something back. */
export function checkAge(
  bodies: readonly ListCommands['list-agent'][],
  agents: ReadonlyMap<string, AgentFacts>,
  { occurredAt, now, fileTime }: Age,
): readonly Warning[] | Failed {
  const staysSince = (at: string) =>
    bodies.flatMap((body) => newsFor(agents.get(agentKey(body.agent)) ?? null, body, at).stays);
  if (occurredAt !== null) return warnOfOlder(staysSince(occurredAt), occurredAt);
  const written = fileTime === undefined ? null : Date.parse(fileTime);
  if (fileTime === undefined || !isCredible(written, new Date(now))) return [];
  const refused = newerStay(staysSince(new Date(written + clockSkew).toISOString()), fileTime);
  return refused === null ? [] : failed({ ...refused, kind: 'refused' });
}
