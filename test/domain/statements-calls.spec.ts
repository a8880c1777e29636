import { describe, it } from '@jest/globals';
import type { DocumentedStage, Stage } from '../../policy/stages.js';
import type { StatementId } from '../../policy/statements.js';
import { given } from '../support/given.js';
import { createdAndImported, createdInFull, helpDesk } from '../support/objects.js';
import { ann, annIsHomedIn, outageEnded, paired, poolA, poolB, until } from '../support/story.js';

const onBehalf = { agent: ann, pool: poolA, responseGroup: 'help-desk' };
const placed = {
  type: 'OnBehalfCallPlaced',
  data: { ...onBehalf, callId: 'outbound', callee: null },
} as const;
const arrived = {
  type: 'CallArrived',
  data: { callId: 'call-1', pool: poolA, responseGroup: 'help-desk' },
} as const;
const annTakesIt = { callId: 'call-1', agent: ann };

const story = (stage: Stage, imported: boolean) =>
  given(
    paired,
    annIsHomedIn(poolA),
    imported ? createdAndImported(poolA, helpDesk) : createdInFull(poolA, helpDesk),
    until(poolA, stage),
  );

describe('Calls on behalf of a response group', () => {
  it.each<[StatementId, DocumentedStage, readonly string[]]>([
    ['outage/on-behalf-calls/1', 'outage', ['end-outage']],
    [
      'failing-over/on-behalf-calls/1',
      'failing-over',
      ['complete-failover', 'failback', 'complete-failback'],
    ],
    ['failing-back/on-behalf-calls/1', 'failing-back', ['complete-failback']],
  ])('%s: are switched off, imported or not', (because, stage, allowed) => {
    story(stage, false)
      .when('place-call-on-behalf', onBehalf)
      .thenRefused({ rule: 'on-behalf-disabled', because: [because], allowed });
    story(stage, true)
      .when('place-call-on-behalf', onBehalf)
      .thenRefused({ rule: 'on-behalf-disabled', because: [because] });
  });

  it('failed-over/on-behalf-calls/1: fail where the group was not imported', () => {
    story('failed-over', false)
      .when('place-call-on-behalf', onBehalf)
      .thenRefused({
        rule: 'on-behalf-fails',
        because: ['failed-over/on-behalf-calls/1'],
        allowed: ['import-response-groups'],
      });
  });

  it('failed-over/on-behalf-calls/2: succeed where it was imported', () => {
    story('failed-over', true)
      .when('place-call-on-behalf', onBehalf, 'outbound')
      .then(placed)
      .because('failed-over/on-behalf-calls/2');
  });

  it('failed-back/on-behalf-calls/1: succeed, imported or not', () => {
    for (const imported of [false, true]) {
      story('failed-back', imported)
        .when('place-call-on-behalf', onBehalf, 'outbound')
        .then(placed)
        .because('failed-back/on-behalf-calls/1');
    }
  });
});

describe('New calls that cannot reach agents homed in the failed pool', () => {
  it.each<[StatementId, DocumentedStage]>([
    ['outage/new-calls/2', 'outage'],
    ['failing-over/new-calls/2', 'failing-over'],
    ['failing-back/new-calls/1', 'failing-back'],
  ])('%s: are not connected to such an agent', (because, stage) => {
    story(stage, true)
      .and(arrived)
      .when('report-call-connected', annTakesIt)
      .thenRefused({ rule: 'agent-unreachable', because: [because] });
  });

  it.each<[StatementId, DocumentedStage]>([
    ['failed-over/new-calls/2', 'failed-over'],
    ['failed-back/new-calls/1', 'failed-back'],
  ])('%s: reach them again', (because, stage) => {
    story(stage, true)
      .and(arrived)
      .when('report-call-connected', annTakesIt)
      .then({ type: 'CallConnected', data: annTakesIt })
      .because(because);
  });

  it.each<DocumentedStage>(['outage', 'failing-over', 'failing-back'])(
    'in %s an agent homed in the backup pool takes the call',
    (stage) => {
      given(paired, annIsHomedIn(poolB), createdAndImported(poolA, helpDesk), until(poolA, stage), arrived)
        .when('report-call-connected', annTakesIt)
        .then({ type: 'CallConnected', data: annTakesIt });
    },
  );

  it('includes calls of groups that the backup pool owns, by inference', () => {
    given(paired, annIsHomedIn(poolA), createdInFull(poolB, helpDesk), until(poolA, 'outage'))
      .and({ type: 'CallArrived', data: { callId: 'call-1', pool: poolB, responseGroup: 'help-desk' } })
      .when('report-call-connected', annTakesIt)
      .thenRefused({ rule: 'agent-unreachable', because: ['backup-owned-calls'] });
  });
});

describe('A call that a stage cut off', () => {
  it.each<[StatementId, DocumentedStage]>([
    ['outage/connected-calls/2', 'outage'],
    ['outage/in-progress-calls/1', 'outage'],
    ['outage/new-calls/1', 'outage'],
    ['failing-over/connected-calls/2', 'failing-over'],
    ['failing-over/in-progress-calls/1', 'failing-over'],
    ['failing-over/new-calls/1', 'failing-over'],
    ['failed-over/new-calls/1', 'failed-over'],
    ['failing-back/in-progress-calls/2', 'failing-back'],
    ['failed-back/in-progress-calls/2', 'failed-back'],
  ])('%s: went on if it is reported as connected, and its end tells nothing new', (because, stage) => {
    const cutOff = () => story(stage, false).and(arrived).andCutOff('call-1', because);
    cutOff()
      .when('report-call-connected', annTakesIt)
      .then({
        type: 'CallConnected',
        data: {
          ...annTakesIt,
          contradicts: {
            because: [because],
            inference: null,
            pool: poolA,
            responseGroup: 'help-desk',
            servedBy: poolA,
            anonymous: false,
            imported: false,
          },
        },
      })
      .warning('contradicts-cut-off');
    cutOff().when('report-call-ended', { callId: 'call-1' }).thenHolds();
  });

  it('went on if it ended after the outage of its pool was over', () => {
    const story = given(
      paired,
      createdInFull(poolA, helpDesk),
      arrived,
      until(poolA, 'outage'),
      outageEnded(poolA),
    ).andCutOff('call-1', 'outage/in-progress-calls/1');
    const since = story.world.pair?.pools[0].since ?? '';
    const endedAt = (seconds: number) => {
      story.world.at = new Date(Date.parse(since) + seconds * 1_000).toISOString();
      return story.when('report-call-ended', { callId: 'call-1' });
    };
    endedAt(-1).thenHolds();
    endedAt(1).thenAccepted('CallEnded').warning('contradicts-cut-off');
  });

  it('still needs an agent who is known, and is no call that an agent placed', () => {
    const cutOff = () => story('outage', false).andCutOff('call-1', 'outage/in-progress-calls/1');
    cutOff()
      .and(arrived)
      .when('report-call-connected', { callId: 'call-1', agent: 'sip:eve@contoso.com' })
      .thenUnknown('/agent');
    cutOff()
      .and({ type: 'OnBehalfCallPlaced', data: { ...onBehalf, callId: 'call-1', callee: null } })
      .when('report-call-connected', annTakesIt)
      .thenRefused({ rule: 'call-is-outbound' });
  });

  it.each<Stage>(['normal', 'outage', 'failing-over', 'failed-over', 'failing-back', 'failed-back'])(
    'has arrived all the same: in %s a call that arrives is recorded',
    (stage) => {
      story(stage, false).when('report-call-arrived', arrived.data).then(arrived);
    },
  );
});
