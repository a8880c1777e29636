import { describe, expect, it } from '@jest/globals';
import type { Edit } from '../../projections/what-if/plan.js';
import type { Properties } from '../../events/vocabulary.js';
import { momentOf, recorded, type Told } from '../support/recorded.js';
import { alternativeTo, spanOf } from '../support/spans.js';
import {
  agentGroup,
  ann,
  annIsHomedIn,
  agentRegistered,
  arrived,
  connected,
  created,
  ended,
  failoverCompleted,
  failoverInitiated,
  imported,
  modified,
  outage,
  paired,
  poolA,
  poolB,
  signedIn,
  signedOut,
} from '../support/story.js';

const bob = 'sip:bob@contoso.com';
const formal: Properties = { participationPolicy: 'Formal', agentsByUri: [ann] };
const toQueue = { defaultAction: { action: 'TransferToQueue', queueId: 'line' } };

/** A response group whose calls go through a queue to one group of agents. */
const help = (agents: Properties, queue: Properties = { agentGroupIdList: ['desk'] }): Told[] => [
  created(poolA, 'workflow', 'help', toQueue),
  created(poolA, 'queue', 'line', queue),
  agentGroup(poolA, 'desk', agents),
];

const happened = (seconds: number, event: Told): Told => ({
  ...event,
  metadata: { occurredAt: momentOf(seconds) },
});

/** Told with the second at which each event happened. */
const log = (first: readonly Told[], ...then: readonly (readonly [number, Told])[]) =>
  recorded([paired, ...first, ...then.map(([seconds, event]) => happened(seconds, event))]);

const waitedIn = async (events: ReturnType<typeof log>) =>
  (await spanOf(events, poolA)).outcome.waitedForNobody;

describe('Whose callers waited for nobody', () => {
  it('is told of calls that no agent could have taken at any time while they waited', async () => {
    const told = await waitedIn(
      log(
        [annIsHomedIn(poolA), ...help(formal)],
        [90, arrived('early', poolA, 'help')],
        [95, ended('early')],
        [100, signedIn(ann, poolA, 'desk')],
        [110, arrived('could', poolA, 'help')],
        [120, signedOut(ann, poolA, 'desk')],
        [130, arrived('stays', poolA, 'help')],
        [131, arrived('lucky', poolA, 'help')],
        [140, ended('stays')],
        [150, signedIn(ann, poolA, 'desk')],
        [160, connected('lucky')],
        [170, ended('could')],
      ),
    );
    expect(told).toEqual({
      calls: 1,
      byResponseGroup: [
        {
          id: 'help',
          name: 'help',
          owner: poolA,
          calls: 1,
          because: ['nobody-signed-in'],
        },
      ],
      callIds: ['stays'],
      // Whether ann had signed in before anybody recorded it nobody knows.
      unknown: { calls: 1, because: ['never-signed-in-on-record'] },
    });
  });

  it('counts an agent whom nobody can reach as nobody, with the statements that say so', async () => {
    const told = await waitedIn(
      log(
        [
          annIsHomedIn(poolA),
          ...help({ participationPolicy: 'Informal', agentsByUri: [ann] }),
          ...imported(poolA, [
            { kind: 'workflow', id: 'help', properties: toQueue },
            { kind: 'queue', id: 'line', properties: { agentGroupIdList: ['desk'] } },
            { kind: 'agent-group', id: 'desk', properties: { agentsByUri: [ann] } },
          ]),
        ],
        [200, outage(poolA)],
        [210, arrived('waits', poolA, 'help')],
        [220, ended('waits')],
      ),
    );
    expect(told).toMatchObject({ calls: 1, callIds: ['waits'], unknown: { calls: 0 } });
    expect(told.byResponseGroup[0]?.because).toEqual([expect.stringMatching(/^outage\/new-calls/)]);
  });

  it('asks who has signed in again after a failover, also in what would have been', async () => {
    const events = log(
      [
        annIsHomedIn(poolB),
        ...help(formal),
        ...imported(poolA, [
          { kind: 'workflow', id: 'help', properties: toQueue },
          { kind: 'queue', id: 'line', properties: { agentGroupIdList: ['desk'] } },
          { kind: 'agent-group', id: 'desk', properties: formal },
        ]),
      ],
      [100, signedIn(ann, poolA, 'desk')],
      [200, outage(poolA)],
      [210, failoverInitiated(poolA)],
      [220, failoverCompleted(poolA)],
      [230, arrived('first', poolA, 'help')],
      [240, ended('first')],
      [250, signedIn(ann, poolB, 'desk')],
      [260, arrived('second', poolA, 'help')],
      [270, connected('second')],
    );
    const whole = await spanOf(events, poolA);
    expect(whole.outcome.waitedForNobody).toMatchObject({
      calls: 1,
      callIds: ['first'],
      byResponseGroup: [
        { because: [expect.stringMatching(/^failed-over\/agent-console/), 'nobody-signed-in'] },
      ],
    });
    const signIn = events.find(({ metadata }) => metadata.occurredAt === momentOf(250))?.id ?? '';
    const edits = (edit: Edit) => alternativeTo(whole, [edit]);
    const sooner = await edits({ move: { event: signIn, to: momentOf(235) } });
    expect(sooner.outcome.waitedForNobody).toMatchObject({ calls: 0, callIds: [] });
    const answer = events.find(({ type }) => type === 'CallConnected')?.id ?? '';
    const never = await alternativeTo(whole, [{ drop: { event: signIn } }, { drop: { event: answer } }]);
    expect(never.outcome.waitedForNobody).toMatchObject({ calls: 2, callIds: ['first', 'second'] });
    const added = await edits({
      add: {
        command: 'sign-in-agent',
        body: { agent: ann, pool: poolB, agentGroup: 'desk' },
        at: momentOf(239),
      },
    });
    expect(added).toMatchObject({ refused: [], outcome: { waitedForNobody: { calls: 0 } } });
  });

  it('tells saved calls as far as the record goes: nobody was there when they would have arrived', async () => {
    const events = log(
      [annIsHomedIn(poolA), ...help({ agentsByUri: [] })],
      [200, outage(poolA)],
      [210, arrived('late', poolA, 'help')],
    );
    const whole = await spanOf(events, poolA);
    expect(whole.outcome.waitedForNobody.calls).toBe(0);
    const declared = events.find(({ type }) => type === 'OutageDeclared')?.id ?? '';
    const { outcome, saved } = await alternativeTo(whole, [{ drop: { event: declared } }]);
    expect({ saved, ...outcome }).toMatchObject({
      saved: 1,
      undetermined: 1,
      waitedForNobody: { calls: 1, callIds: ['late'], byResponseGroup: [{ because: ['no-agents'] }] },
    });
  });

  it.each([
    ['an agent who is not registered', help({ agentsByUri: [bob] }), 'agent-not-registered'],
    [
      'a distribution list',
      help({ distributionGroupAddress: 'desk@contoso.com', agentsByUri: [] }),
      'members-not-on-record',
    ],
    ['a group whose agents nobody recorded', help({}), 'way-not-on-record'],
    ['a queue that is not on record', help(formal, {}), 'way-not-on-record'],
    ['an agent who never signed in on record', help(formal), 'never-signed-in-on-record'],
  ])('says what the record lacks: %s', async (_, objects, reason) => {
    const told = await waitedIn(
      log([annIsHomedIn(poolA), ...objects], [100, arrived('one', poolA, 'help')], [110, ended('one')]),
    );
    expect(told).toEqual({
      calls: 0,
      byResponseGroup: [],
      callIds: [],
      unknown: { calls: 1, because: [reason] },
    });
  });

  it('follows menus, full queues, and changes of who is in a group', async () => {
    const menu = {
      defaultAction: {
        action: 'TransferToQuestion',
        question: { answerList: [{ dtmfResponse: '1', action: toQueue.defaultAction }] },
      },
    };
    const told = await waitedIn(
      log(
        [
          annIsHomedIn(poolA),
          agentRegistered(bob, poolB),
          created(poolA, 'workflow', 'help', menu),
          created(poolA, 'queue', 'line', {
            agentGroupIdList: [],
            timeoutAction: { action: 'TransferToQueue', queueId: 'rest' },
          }),
          created(poolA, 'queue', 'rest', { agentGroupIdList: ['desk'] }),
          agentGroup(poolA, 'desk', { agentsByUri: [] }),
        ],
        [100, arrived('one', poolA, 'help')],
        [110, ended('one')],
        [120, arrived('two', poolA, 'help')],
        [130, modified(poolA, 'agent-group', 'desk', { agentsByUri: [bob] })],
        [140, ended('two')],
      ),
    );
    expect(told).toMatchObject({ calls: 1, callIds: ['one'], byResponseGroup: [{ because: ['no-agents'] }] });
  });

  it('tells a part of a history as the whole', async () => {
    const events = log(
      [annIsHomedIn(poolA), ...help({ agentsByUri: [] })],
      [100, arrived('over', poolA, 'help')],
      [110, ended('over')],
      [120, arrived('waits', poolA, 'help')],
      [140, ended('waits')],
    );
    const { outcome } = await spanOf(events, poolA, [momentOf(130), momentOf(150)]);
    expect(outcome.waitedForNobody).toMatchObject({ calls: 1, callIds: ['waits'] });
  });
});
