/** What a list of users shows that is not on record yet, and what of it stays as it is, being on record as of later. */
import type { AgentListed } from '../../events/agent.js';
import type { AgentFacts } from '../../facts/agent.js';
import { homeKnownAt } from '../../facts/agent-on-list.js';
import { few } from '../../policy/texts/few.js';
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
  const { onList } = agent;
  const stays: Staying[] = [];
  /** Whether it differs, and nothing newer is on record. */
  const isNews = (differs: boolean, what: string, ...times: readonly (string | undefined)[]): boolean => {
    if (!differs) return false;
    const asOf = times.findLast((time) => writtenAt !== null && time !== undefined && time > writtenAt);
    if (asOf !== undefined) stays.push({ agent: agent.agent, what, asOf });
    return asOf === undefined;
  };
  const isFlagNews = (given: boolean | null, known: Flag, words: readonly [string, string]): boolean =>
    isNews(given !== null && known.value !== given, words[known.value === true ? 0 : 1], known.asOf);
  const home = homeKnownAt(agent);
  const moved = listed && isNews(homePool !== agent.homePool, `homed in ${agent.homePool}`, home);
  const isListedNews = isNews(
    onList?.listed !== listed,
    listed ? 'on no list of all users' : `homed in ${agent.homePool}`,
    ...(listed ? [] : [home]),
    onList?.asOf.listed,
  );
  const isEnabledNews = isFlagNews(enabled, flagOf(onList, 'enabled'), ['enabled', 'disabled']);
  const isVoiceNews = isFlagNews(enterpriseVoice, flagOf(onList, 'enterpriseVoice'), voiceWords);
  const isGoneSince = listed && onList?.listed === false && !isListedNews;
  const isShown = !isGoneSince && (isListedNews || isEnabledNews || isVoiceNews);
  const unlessNewer = (given: boolean | null, known: Flag, isNewsOfIt: boolean): boolean | null =>
    isNewsOfIt || given === known.value ? given : null;
  return {
    homePool: moved ? homePool : null,
    shown: isShown
      ? {
          listed: isListedNews ? listed : (onList?.listed ?? listed),
          enabled: unlessNewer(enabled, flagOf(onList, 'enabled'), isEnabledNews),
          enterpriseVoice: unlessNewer(enterpriseVoice, flagOf(onList, 'enterpriseVoice'), isVoiceNews),
        }
      : null,
    stays,
  };
}

interface Flag {
  readonly value: boolean | null;
  readonly asOf: string | undefined;
}

const voiceWords = ['with Enterprise Voice', 'without Enterprise Voice'] as const;

const flagOf = (onList: AgentFacts['onList'], part: 'enabled' | 'enterpriseVoice'): Flag => ({
  value: onList?.[part] ?? null,
  asOf: onList?.asOf[part],
});

const counted = (agents: number): string => (agents === 1 ? '1 agent' : `${agents} agents`);

const what = (stays: readonly Staying[]): string => {
  const agents = new Set(stays.map(({ agent }) => agent));
  const latest = stays.map(({ asOf }) => asOf).reduce((one, other) => (one > other ? one : other));
  const named = few([...agents], {
    word: (agent) =>
      `${agent} (${stays.flatMap((one) => (one.agent === agent ? [one.what] : [])).join(', ')})`,
    separator: '; ',
  });
  return `what is on record of ${counted(agents.size)} as of later, up to ${latest}: ${named}`;
};

/** Of a list whose time was given: it is believed. */
export const warnOfOlder = (stays: readonly Staying[], writtenAt: string): readonly Warning[] =>
  stays.length === 0
    ? []
    : warn(
        'older-than-the-record',
        `The list is of ${writtenAt}. It has otherwise ${what(stays)}. That stays. If the list shows what is there now, send it without the time (occurredAt).`,
      );

/** Of a list whose time nobody gave, which would set something back; null where it would not. */
export const newerStay = (stays: readonly Staying[], fileTime: string): Refused | null =>
  stays.length === 0
    ? null
    : refusedBy(
        'newer-records-stay',
        `The list was written at ${fileTime}, as its file time says. It would set back ${what(stays)}. Say when the list was written (occurredAt), and that stays; or say that the list shows what is there now (now). Nothing was recorded.`,
        { allowed: ['occurredAt', 'now'] },
      );

export interface ElsewhereByList {
  readonly agent: string;
  /** Where they are homed by what is on record. */
  readonly homePool: string;
  /** Where they are homed by the list: a pool of no pair, or one that serves no more. */
  readonly listedIn: string;
}

/** Nothing can be recorded of where they are: that must not look as if all was well with them. */
export const warnOfOtherHomes = (elsewhere: readonly ElsewhereByList[]): readonly Warning[] =>
  elsewhere.length === 0
    ? []
    : warn(
        'homed-in-no-pair',
        `The list has ${counted(elsewhere.length)} on record in pools that no pair has, or that serve no more: ${few(
          elsewhere,
          {
            word: ({ agent, homePool, listedIn }) => `${agent} (in ${listedIn}, on record in ${homePool})`,
            separator: '; ',
          },
        )}. Nothing was recorded of them. Where a pool is of a pair that is not on record yet, record that (register-pair), and send the list again.`,
      );
