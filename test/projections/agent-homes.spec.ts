/** Whether anybody reaches an agent: one function knows, and all that ask it say the same. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { AgentFacts } from '../../facts/agent.js';
import { homePoolIn } from '../../facts/agent-home.js';
import { initialCall, evolveCall } from '../../facts/call.js';
import type { PairFacts } from '../../facts/pair.js';
import { agentConsole } from '../../projections/agent-console/fold.js';
import { agentConsoleView } from '../../projections/agent-console/view.js';
import { staffingOf } from '../../projections/what-if/staffing.js';
import { agentReachable } from '../../src/domain/reaching.js';
import { fc, runs } from '../support/properties.js';
import { anyHistory } from '../support/random-history.js';
import { recorded, type Told } from '../support/recorded.js';
import {
  agentGroup,
  ann,
  annIsHomedIn,
  arrived,
  imported,
  outage,
  paired,
  poolA,
  poolB,
  poolC,
  poolReplaced,
  replacementCompleted,
  unpaired,
  until,
} from '../support/story.js';
import { foldOf } from './folding.js';

const retired = (pool: string): PoolkeeperEvent => ({ type: 'PoolRetired', data: { pool } });
const givenUp = (pool: string): PoolkeeperEvent => ({ type: 'PoolGivenUp', data: { pool } });
const poolD = 'pool-d.contoso.com';
/** The copy that stood in on B, imported into the pool with its owner overwritten. */
function bringing(destination: string): readonly PoolkeeperEvent[] {
  const [file] = imported(poolB, [{ kind: 'workflow', id: 'help' }]);
  if (file === undefined) throw new Error('There is no file.');
  return [
    file,
    {
      type: 'ResponseGroupsImported',
      data: {
        exportId: `export-${poolB}`,
        destination,
        overwriteOwner: true,
        replaceExistingSettings: false,
        resolveNameConflicts: false,
        objects: [{ kind: 'workflow', id: 'help', name: 'help', owner: destination }],
      },
    },
  ];
}
const left = (pool: string): PoolkeeperEvent => ({
  type: 'PoolLeft',
  data: { pool, pairId: 'another', partner: 'pool-d.contoso.com' },
});

/** What each says that judges whether ann can take a call to a group of her own pool. */
function answersAfter(events: readonly Told[], homePool: string) {
  const log = recorded([
    ...events,
    annIsHomedIn(homePool),
    agentGroup(poolB, 'anns', { participationPolicy: 'Informal', agentsByUri: [ann] }),
  ]);
  const state = foldOf(agentConsole, log);
  const [pair] = [...state.pairs.values()];
  const agent = state.agents.get(ann);
  if (pair === undefined || agent === undefined) throw new Error('The story has a pair and an agent.');
  const console = agentConsoleView(state, ann)?.reachable ?? null;
  return {
    console: console && {
      reachability: console.reachability,
      because:
        console.inference === null ? console.because : [...console.because, `inferred/${console.inference}`],
    },
    whatIf: staffingIn(pair, agent),
    connecting: connectingIn(pair, agent),
  };
}

function staffingIn(pair: PairFacts, agent: AgentFacts) {
  const group = [...pair.copies.values()].find(({ id }) => id === 'anns');
  const agents = { agent: () => agent, whoSignedIn: () => [] };
  const way = { owner: agent.homePool, groups: group === undefined ? [] : [group], isIncomplete: false };
  return staffingOf(pair, way, agents);
}

function connectingIn(pair: PairFacts, agent: AgentFacts) {
  const [event] = recorded([arrived('call', agent.homePool, 'help')]);
  const call = event === undefined ? null : evolveCall(initialCall, event);
  if (call === null) throw new Error('The call has arrived.');
  return agentReachable(pair, call, agent, homePoolIn([pair], agent.homePool));
}

const endings: readonly (readonly [string, readonly PoolkeeperEvent[], string, string])[] = [
  ['retired', [...unpaired, retired(poolA)], poolA, 'home-pool-ended'],
  ['given up', [...until(poolA, 'failed-over'), ...unpaired, givenUp(poolA)], poolA, 'home-pool-ended'],
  [
    'stood in for by nobody any more',
    [...until(poolA, 'failed-over'), ...unpaired],
    poolA,
    'home-pool-ended',
  ],
  [
    'replaced by one that serves',
    [...until(poolA, 'failed-over'), poolReplaced(), replacementCompleted()],
    poolA,
    'replaced-pool',
  ],
];

const isLost = [...until(poolA, 'failed-over'), poolReplaced()] as const;
const broughtToC = bringing(poolC);
const frontEndRuns: PoolkeeperEvent = {
  type: 'ServiceReported',
  data: { pool: poolC, service: 'front-end', state: 'running', frontEnds: 'all' },
};
/** By the order of the documents: who is left is served by the pool that stands in, who is moved waits for the new one. */
const inPlace: readonly (readonly [string, readonly PoolkeeperEvent[], string, string])[] = [
  ['still homed in the lost pool', isLost, poolA, 'reachable'],
  ['moved to the new one, which is not started', isLost, poolC, 'unreachable'],
  [
    'moved to the new one, of which the Front End service runs',
    [...isLost, frontEndRuns],
    poolC,
    'reachable',
  ],
  ['moved to the new one, into which groups were imported', [...isLost, ...broughtToC], poolC, 'reachable'],
  ['moved to the new one, which serves', [...isLost, replacementCompleted()], poolC, 'reachable'],
  [
    'homed in a pool that was lost before it served',
    [...isLost, poolReplaced(poolC, poolD)],
    poolC,
    'unreachable',
  ],
  ['still homed in the first of two lost pools', [...isLost, poolReplaced(poolC, poolD)], poolA, 'reachable'],
];

const isFailedOver = until(poolA, 'failed-over');
const frontEndStopped: PoolkeeperEvent = {
  type: 'ServiceReported',
  data: { pool: poolB, service: 'front-end', state: 'stopped', frontEnds: 'all' },
};
const isDown = { inference: 'both-pools-down', way: `end-outage ${poolB}` };
const isWithout = { inference: 'front-end-service', way: `report-service ${poolB}` };
/** The pool that stands in serves the users too, and cannot. */
const standInsDown: readonly (readonly [string, readonly PoolkeeperEvent[], typeof isDown])[] = [
  ['failed over to one that is down', [...isFailedOver, outage(poolB)], isDown],
  ['failed over to one without a Front End service', [...isFailedOver, frontEndStopped], isWithout],
  ['is lost, and the one that stands in is down', [...isLost, outage(poolB)], isDown],
  ['is lost, and the one that stands in has no Front End service', [...isLost, frontEndStopped], isWithout],
];

describe('Whether anybody reaches an agent', () => {
  it.each(endings)('whose pool was %s: nobody, in all answers', (_, events, home, inference) => {
    const { console, whatIf, connecting } = answersAfter([paired, ...events], home);
    expect(console).toEqual({ reachability: 'unreachable', because: [`inferred/${inference}`] });
    expect(whatIf).toEqual({ takenBy: 'nobody', because: [`inferred/${inference}`] });
    expect(connecting).toMatchObject({
      outcome: 'refused',
      rule: 'agent-unreachable',
      because: [inference],
      allowed: ['agent', `move-agent ${ann} force`],
    });
  });

  it.each(standInsDown)(
    'whose pool %s: nobody, in all answers, until that is back',
    (_, events, expected) => {
      const { console, whatIf, connecting } = answersAfter([paired, ...events], poolA);
      const because = [`inferred/${expected.inference}`];
      expect(console).toEqual({ reachability: 'unreachable', because });
      expect(whatIf).toEqual({ takenBy: 'nobody', because });
      expect(connecting).toMatchObject({
        outcome: 'refused',
        because: [expected.inference],
        allowed: ['agent', expected.way],
      });
    },
  );

  it.each(inPlace)('who is %s', (_, events, home, reachability) => {
    const { console, whatIf, connecting } = answersAfter([paired, ...events], home);
    const isOut = reachability === 'unreachable';
    expect(console).toEqual({ reachability, because: ['inferred/replaced-pool'] });
    expect(whatIf.takenBy).toBe(isOut ? 'nobody' : 'somebody');
    expect(connecting).toMatchObject(
      isOut ? { outcome: 'refused', because: ['replaced-pool'] } : { outcome: 'allowed' },
    );
  });

  it('of a pool of no pair is not known, and nothing speaks against it', () => {
    const { console, whatIf, connecting } = answersAfter([paired], 'pool-z.contoso.com');
    expect(console).toBeNull();
    expect(whatIf).toEqual({ takenBy: 'somebody', because: [] });
    expect(connecting).toMatchObject({ outcome: 'allowed' });
  });

  it('is the same in what-if, in the console and where a connection is decided, after any history', () => {
    const ending = fc.constantFrom<readonly PoolkeeperEvent[]>(
      [],
      unpaired,
      [poolReplaced()],
      [poolReplaced(), ...unpaired],
      [...unpaired, retired(poolA)],
      [...unpaired, givenUp(poolA)],
      [...unpaired, left(poolA)],
    );
    const home = fc.constantFrom(poolA, poolA, poolB, poolC, 'pool-z.contoso.com');
    fc.assert(
      fc.property(anyHistory(), fc.nat({ max: 40 }), ending, home, (history, count, ended, homePool) => {
        const stages = history.slice(0, Math.max(1, history.length - count));
        const { console, whatIf, connecting } = answersAfter([...stages, ...ended], homePool);
        const isOut = console?.reachability === 'unreachable';
        expect(whatIf.takenBy).toBe(isOut ? 'nobody' : 'somebody');
        if (isOut) expect(whatIf.because).toEqual([...console.because].sort());
        expect(connecting.outcome).toBe(isOut ? 'refused' : 'allowed');
      }),
      { numRuns: runs(200) },
    );
  });
});
