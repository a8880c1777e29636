/** What a list of users holds, and what the answer tells of it. */
import type { PoolkeeperEvent } from '../../../events/registry.js';
import type { AgentListAnswer } from '../../contract/agent-list.js';
import { MalformedExportError } from '../../rgs-export/malformed-export-error.js';
import { readUserList, type ListedUser } from '../../rgs-export/user-list.js';
import { failed, type Failed } from '../result.js';

export type Told = readonly Pick<PoolkeeperEvent, 'type' | 'data'>[];

export function usersIn(bytes: Uint8Array): readonly ListedUser[] | Failed {
  try {
    const { users, errors } = readUserList(bytes);
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

interface PoolsNow {
  readonly isKnown: (pool: string) => boolean;
  /** The pool that has taken the place of another; null where none has. */
  readonly inPlaceOf: (pool: string) => string | null;
}

export function unknownIn(
  users: readonly ListedUser[],
  { isKnown, inPlaceOf }: PoolsNow,
): AgentListAnswer['unknownPools'] {
  const counts = new Map<string, number>();
  for (const { homePool } of users) {
    if (!isKnown(homePool)) counts.set(homePool, (counts.get(homePool) ?? 0) + 1);
  }
  return [...counts].map(([pool, agents]) => {
    const replacedBy = inPlaceOf(pool);
    return { pool, agents, ...(replacedBy === null ? {} : { replacedBy }) };
  });
}
