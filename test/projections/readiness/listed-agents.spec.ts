/** What lists of users show of the agents of groups is found in every stage. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import type { FindingId } from '../../../policy/readiness/findings.js';
import { stages } from '../../../policy/stages.js';
import {
  agentGroup,
  agentRegistered,
  imported,
  modified,
  paired,
  poolA,
  poolB,
  poolC,
  poolReplaced,
  replacementCompleted,
  routeChosen,
  unpaired,
  until,
} from '../../support/story.js';
import type { Told } from '../../support/recorded.js';
import { after } from './asking.js';

const [off, mute, gone, away, well] = ['off', 'mute', 'gone', 'away', 'well'].map(
  (name) => `sip:${name}@contoso.com`,
) as [string, string, string, string, string];
const everybody = [off, mute, gone, away, well];
const listed = (agent: string, enabled: boolean | null, enterpriseVoice: boolean | null, isOnIt = true) =>
  ({
    type: 'AgentListed',
    data: { agent, listed: isOnIt, enabled, enterpriseVoice },
  }) satisfies PoolkeeperEvent;
const group = { participationPolicy: 'Informal', agentsByUri: everybody.map((one) => one.toUpperCase()) };
const shown = [
  ...everybody.map((agent) => agentRegistered(agent, poolA)),
  listed(off, false, true),
  listed(mute, true, false),
  listed(gone, null, null, false),
  {
    type: 'AgentMoved',
    data: { agent: away, from: poolA, homePool: 'pool-z.contoso.com' },
  } satisfies PoolkeeperEvent,
  listed(well, true, true),
];
const story = [paired, agentGroup(poolA, 'desk', group), ...shown];
const found: readonly (readonly [FindingId, string])[] = [
  [
    'agents-cannot-answer',
    `2 agents of 1 group: ${off} (disabled; in desk), ${mute} (without Enterprise Voice; in desk).`,
  ],
  ['agents-on-no-list', `1 agent of 1 group: ${gone} (on no list; in desk).`],
  ['agents-moved-away', `1 agent of 1 group: ${away} (homed in pool-z.contoso.com; in desk).`],
];
const foundAfter = (...events: readonly Told[]) => {
  const { findings } = after(...events).readiness;
  return found.map(([id]) => [id, findings.find((one) => one.id === id)?.detail]);
};

describe('Agents of groups whom lists show as disabled, without Enterprise Voice, gone or moved', () => {
  it.each(stages)(
    'are found with their groups in stage %s, without and with copies on the partner',
    (stage) => {
      const way = stage === 'normal' ? [] : until(poolA, stage);
      expect(foundAfter(...story, ...way)).toEqual(found);
      const there = imported(poolA, [{ kind: 'agent-group', id: 'desk', properties: group }]);
      expect(foundAfter(...story, ...there, ...way)).toEqual(found);
      expect(after(...story, ...there, ...way).readiness.verdict).not.toBe('ready');
    },
  );

  it('are found in the copies that stand in, whoever was added there', () => {
    const there = imported(poolA, [
      { kind: 'agent-group', id: 'desk', properties: { ...group, agentsByUri: [] } },
    ]);
    const before = [
      paired,
      agentGroup(poolA, 'desk', { ...group, agentsByUri: [] }),
      ...shown,
      ...there,
      ...until(poolA, 'failed-over'),
    ];
    expect(foundAfter(...before)).toEqual(found.map(([id]) => [id, undefined]));
    const edited = [...before, modified(poolB, 'agent-group', 'desk', group)];
    expect(foundAfter(...edited)).toEqual(found);
    expect(after(...edited).finding('agents-cannot-answer').objects).toMatchObject([
      { id: 'desk', owner: poolA, parent: poolB },
    ]);
  });

  it('are found where a new pool takes the place of the lost one, and where a pool is in no pair', () => {
    const there = imported(poolA, [{ kind: 'agent-group', id: 'desk', properties: group }]);
    const replaced = [
      ...story,
      ...there,
      ...until(poolA, 'failed-over'),
      routeChosen(poolA, poolC),
      poolReplaced(),
    ];
    for (const events of [replaced, [...replaced, replacementCompleted()]]) {
      const { findings } = after(...events).from(poolC).readiness;
      expect(found.map(([id]) => [id, findings.find((one) => one.id === id)?.detail])).toEqual(found);
    }
    expect(foundAfter(...story, ...unpaired)).toEqual(found);
  });
});
