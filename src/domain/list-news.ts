/** What a list of users shows that is not on record yet, and what of it stays as it is, being on record as of later. */
import type { AgentListed } from '../../events/agent.js';
import type { AgentFacts } from '../../facts/agent.js';
import { homeKnownAt } from '../../facts/agent-on-list.js';
import { few } from '../../policy/texts/few.js';
import { notYetInPlace } from './chosen-pool.js';
import type { ListCommands } from './commands.js';
import type { Refused, Warning } from './decision.js';
import { refusedBy, warn } from './rules.js';

type Body = ListCommands['list-agent'];

export interface News {
  /** Where they were moved to; null where nowhere. */
  readonly homePool: string | null;
  /** What is recorded of the list; null where it shows nothing new. */
  readonly shown: Omit<AgentListed['data'], 'agent'> | null;
  readonly stays: readonly Staying[];
}

/** A part of what is on record that the list has otherwise, as of an earlier time. */
export interface Staying {
  readonly agent: string;
  /** What is on record. */
  readonly what: string;
  /** As of when, as reported. */
  readonly asOf: string;
}

/**
 * Part by part: nothing said is nothing new.
 * @param writtenAt as of when the list is; null where as of now: nothing is newer then
 */
export function newsFor(agent: AgentFacts | null, body: Body, writtenAt: string | null): News {
  const { homePool, enabled, enterpriseVoice } = body;
  const listed = homePool !== null;
  if (agent === null) return { homePool: null, shown: { listed, enabled, enterpriseVoice }, stays: [] };
  const parts = partsOf(agent, body);
  const stays = ({ differs, asOf }: Part): boolean =>
    differs && writtenAt !== null && asOf !== undefined && asOf > writtenAt;
  const isNews = (part: Part): boolean => part.differs && !stays(part);
  const isShown = !stays(parts.listed) && [parts.listed, parts.enabled, parts.enterpriseVoice].some(isNews);
  return {
    homePool: isNews(parts.home) ? homePool : null,
    shown: isShown
      ? {
          listed,
          enabled: stays(parts.enabled) ? null : enabled,
          enterpriseVoice: stays(parts.enterpriseVoice) ? null : enterpriseVoice,
        }
      : null,
    stays: Object.values(parts)
      .filter(stays)
      .map(({ what, asOf = '' }) => ({ agent: agent.agent, what, asOf })),
  };
}

/** A part of what is on record of an agent, beside what a list shows of it. */
interface Part {
  readonly differs: boolean;
  /** What is on record. */
  readonly what: string;
  /** As of when; absent where nothing is. */
  readonly asOf: string | undefined;
}

type PartName = 'home' | 'listed' | 'enabled' | 'enterpriseVoice';

function partsOf(
  agent: AgentFacts,
  { homePool, enabled, enterpriseVoice }: Body,
): Readonly<Record<PartName, Part>> {
  const { onList } = agent;
  const listed = homePool !== null;
  const home = { what: `homed in ${agent.homePool}`, asOf: homeKnownAt(agent) };
  const [isEnabled, hasVoice] = [onList?.enabled ?? null, onList?.enterpriseVoice ?? null];
  return {
    home: { ...home, differs: listed && homePool !== agent.homePool },
    listed: {
      ...(listed ? { what: 'on no list of all users', asOf: onList?.asOf.listed } : home),
      differs: onList?.listed !== listed,
    },
    enabled: {
      differs: enabled !== null && enabled !== isEnabled,
      what: isEnabled === true ? 'enabled' : 'disabled',
      asOf: onList?.asOf.enabled,
    },
    enterpriseVoice: {
      differs: enterpriseVoice !== null && enterpriseVoice !== hasVoice,
      what: hasVoice === true ? 'with Enterprise Voice' : 'without Enterprise Voice',
      asOf: onList?.asOf.enterpriseVoice,
    },
  };
}

const counted = (agents: number): string => (agents === 1 ? '1 agent' : `${agents} agents`);

const recordOf = (stays: readonly Staying[]): string => {
  const byAgent = Map.groupBy(stays, ({ agent }) => agent);
  const latest = stays.map(({ asOf }) => asOf).reduce((one, other) => (one > other ? one : other));
  const named = few([...byAgent], {
    word: ([agent, parts]) => `${agent} (${parts.map(({ what }) => what).join(', ')})`,
    separator: '; ',
  });
  return `what is on record of ${counted(byAgent.size)} as of later, up to ${latest}: ${named}`;
};

/** Of a list whose time was given: it is believed. */
export const warnOfOlder = (stays: readonly Staying[], writtenAt: string): readonly Warning[] =>
  stays.length === 0
    ? []
    : warn(
        'older-than-the-record',
        `The list is of ${writtenAt}, and differs from ${recordOf(stays)}. That stays. If the list shows what is there now, send it without the time (occurredAt).`,
      );

/** Of a list whose time nobody gave, which would set something back; null where it would not. */
export const newerStay = (stays: readonly Staying[], fileTime: string): Refused | null =>
  stays.length === 0
    ? null
    : refusedBy(
        'newer-records-stay',
        `The list was written at ${fileTime}, as its file time says. It would set back ${recordOf(stays)}. Say when the list was written (occurredAt), and that stays; or say that the list shows what is there now (now). Nothing was recorded.`,
        { allowed: ['occurredAt', 'now'] },
      );

export interface OtherHome {
  readonly agent: string;
  /** Where they are homed by what is on record. */
  readonly homePool: string;
  /** Where they are homed by the list: a pool of no pair, or one that serves no more. */
  readonly listedIn: string;
}

/** Nothing can be recorded of where they are: that must not look as if all was well with them. */
export const warnOfOtherHomes = (homes: readonly OtherHome[]): readonly Warning[] =>
  homes.length === 0
    ? []
    : warn(
        'homed-in-no-serving-pool',
        `The list has ${counted(homes.length)} on record in pools that no pair has, or that serve no more: ${few(
          homes,
          {
            word: ({ agent, homePool, listedIn }) => `${agent} (in ${listedIn}, on record in ${homePool})`,
            separator: '; ',
          },
        )}. Nothing was recorded of them. Where a pool is of a pair that is not on record yet, record that (register-pair), and send the list again.`,
      );

export interface AwaitingByList {
  /** It is chosen to take the place of another, and has not yet. */
  readonly pool: string;
  readonly inPlaceOf: string;
  /** How many users of the list are homed in it. */
  readonly users: number;
}

/** The users were moved before it was recorded where to. */
export const warnOfChosenPools = (pools: readonly AwaitingByList[]): readonly Warning[] =>
  pools.flatMap(({ pool, inPlaceOf, users }) =>
    warn(
      'homed-in-no-serving-pool',
      `The list has ${users === 1 ? '1 user' : `${users} users`} in ${pool}. ${notYetInPlace(pool, inPlaceOf)} Nothing was recorded of them; send the list again after that.`,
    ),
  );
