/** What lists of users showed of an agent, all of them together, and as of when. */
import type { AgentListed } from '../events/agent.js';
import type { Recorded } from '../events/envelope.js';
import type { AgentFacts } from './agent.js';

/** What a list does not say leaves what one before it showed. */
export interface AgentOnList {
  readonly listed: boolean;
  /** Null while no list has said. */
  readonly enabled: boolean | null;
  readonly enterpriseVoice: boolean | null;
  /** As of when each is on record, as reported; absent while no list has said. */
  readonly asOf: {
    readonly listed: string;
    readonly enabled?: string;
    readonly enterpriseVoice?: string;
  };
}

/** A list without a column, or with an empty cell in it, shows nothing of it. */
export function listedSince(
  before: AgentOnList | undefined,
  { data: { listed, enabled, enterpriseVoice }, metadata: { occurredAt } }: Recorded<AgentListed>,
): AgentOnList {
  // An older list may confirm what is on record: that is then no older for it.
  const since = (isSame: boolean, known: string | undefined): string =>
    isSame && known !== undefined && known > occurredAt ? known : occurredAt;
  const asOf = before?.asOf;
  return {
    listed,
    enabled: enabled ?? before?.enabled ?? null,
    enterpriseVoice: enterpriseVoice ?? before?.enterpriseVoice ?? null,
    asOf: {
      ...asOf,
      listed: since(listed === before?.listed, asOf?.listed),
      ...(enabled === null ? {} : { enabled: since(enabled === before?.enabled, asOf?.enabled) }),
      ...(enterpriseVoice === null
        ? {}
        : { enterpriseVoice: since(enterpriseVoice === before?.enterpriseVoice, asOf?.enterpriseVoice) }),
    },
  };
}

export interface NoAgent {
  readonly why: 'disabled' | 'without Enterprise Voice';
  /** As of when the list that showed it is, as reported. */
  readonly asOf: string;
}

/** Why a user is no agent, by lists of users; null where they show no reason, or there were none. */
export function whyNoAgent({ onList }: Pick<AgentFacts, 'onList'>): NoAgent | null {
  if (onList === undefined) return null;
  const { enabled, enterpriseVoice, asOf } = onList;
  if (enabled === false) return { why: 'disabled', asOf: asOf.enabled ?? asOf.listed };
  return enterpriseVoice === false
    ? { why: 'without Enterprise Voice', asOf: asOf.enterpriseVoice ?? asOf.listed }
    : null;
}

/** As of when the home of an agent is on record: a list that has them shows where they are. */
export const homeKnownAt = ({ homes, onList }: AgentFacts): string =>
  [...homes.map(({ since }) => since), ...(onList?.listed === true ? [onList.asOf.listed] : [])].reduce(
    (one, other) => (one > other ? one : other),
  );
