/** What a list of users holds, and what the answer tells of it. */
import type { PoolkeeperEvent } from '../../../events/registry.js';
import type { HomePool } from '../../../facts/agent-home.js';
import type { AgentListAnswer } from '../../contract/agent-list.js';
import { MalformedExportError } from '../../rgs-export/malformed-export-error.js';
import { readUserList, type ListedUser } from '../../rgs-export/user-list.js';
import { failed, type Failed } from '../result.js';

export type Told = readonly Pick<PoolkeeperEvent, 'type' | 'data'>[];

/** Of all users there is at least one: else a query that failed would have everybody gone. */
export function usersIn(bytes: Uint8Array, complete: boolean): readonly ListedUser[] | Failed {
  try {
    const { users, errors } = readUserList(bytes);
    if (errors.length === 0 && users.length === 0 && complete) {
      const detail =
        'The list has no user: with complete, all registered agents would be on record as on no list. See that Get-CsUser finds them, and write it again.';
      return failed({ kind: 'invalid', errors: [{ pointer: '/complete', detail }] });
    }
    if (errors.length === 0) return users;
    return failed({
      kind: 'invalid',
      errors: errors.map(({ line, field, detail }) => ({
        pointer: '',
        detail: `Line ${line}, ${field}: ${detail}`,
      })),
      detail: 'Rows of the list are in error. Nothing was recorded.',
    });
  } catch (error) {
    if (!(error instanceof MalformedExportError)) throw error;
    return failed({ kind: 'invalid', errors: [{ pointer: '', detail: error.message }] });
  }
}

export function toldOf(events: Told): Pick<AgentListAnswer, 'registered' | 'moved' | 'changed'> {
  const registered: AgentListAnswer['registered'][number][] = [];
  const moved: AgentListAnswer['moved'][number][] = [];
  const changed: AgentListAnswer['changed'][number][] = [];
  for (const event of events as readonly PoolkeeperEvent[]) {
    if (event.type === 'AgentRegistered') registered.push(event.data);
    if (event.type === 'AgentMoved') moved.push(event.data);
    if (event.type === 'AgentListed' && event.data.listed) {
      const { agent, enabled, enterpriseVoice } = event.data;
      changed.push({ agent, enabled, enterpriseVoice });
    }
  }
  return { registered, moved, changed };
}

/** How many users nothing is recorded of, by the pool that they are homed in, and how it stands with that. */
export function notRecorded(
  users: readonly ListedUser[],
  homeOf: (pool: string) => HomePool | null,
): AgentListAnswer['unknownPools'] {
  const counts = new Map<string, number>();
  for (const { homePool } of users) counts.set(homePool, (counts.get(homePool) ?? 0) + 1);
  return [...counts].map(([pool, agents]) => ({ pool, agents, ...endOf(homeOf(pool)) }));
}

function endOf(home: HomePool | null): Pick<AgentListAnswer['unknownPools'][number], 'replacedBy' | 'ended'> {
  switch (home?.state) {
    case 'replaced':
      return { replacedBy: home.by };
    case 'retired':
    case 'given-up':
      return { ended: home.state };
    default:
      return {};
  }
}
