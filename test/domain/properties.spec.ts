import { describe, expect, it } from '@jest/globals';
import type { EditableKind } from '../../events/vocabulary.js';
import { defaultApplicationSettings } from '../../policy/application-settings.js';
import { completeProperties } from '../../src/domain/properties/properties.js';

const pointersFor = (kind: EditableKind, given: unknown) =>
  completeProperties(kind, given).errors.map((error) => error.pointer);
const primaryUri = 'sip:help-desk@contoso.com';
const action = (more: object) => ({ primaryUri, ...more });
const prompt = { textToSpeechPrompt: 'Yes?' };
const toQueue = { action: 'TransferToQueue', queueId: 'q' };
const asking = (answer: object) => ({
  action: 'TransferToQuestion',
  question: { prompt, answerList: [answer] },
});

describe('The limits of the cmdlets', () => {
  it.each<[EditableKind, object, readonly string[]]>([
    ['workflow', {}, ['/properties/primaryUri']],
    ['workflow', { primaryUri: 'help-desk@contoso.com' }, ['/properties/primaryUri']],
    ['workflow', action({ active: true }), ['/properties/defaultAction']],
    ['workflow', action({ language: 'xx-XX' }), ['/properties/language']],
    ['workflow', action({ language: 'de-DE', lineUri: 'TEL:+14255550100' }), []],
    ['workflow', action({ lineUri: '+1 425 555 0100' }), ['/properties/lineUri']],
    ['workflow', action({ managersByUri: ['sip:a@b', 'c@d'] }), ['/properties/managersByUri/1']],
    ['workflow', action({ customMusicOnHoldFile: 'music.mp3' }), ['/properties/customMusicOnHoldFile']],
    ['workflow', action({ defaultAction: toQueue, active: true }), []],
    ['workflow', action({ defaultAction: { action: 'Terminate' } }), ['/properties/defaultAction/action']],
    [
      'workflow',
      action({ defaultAction: { action: 'TransferToQueue' } }),
      ['/properties/defaultAction/queueId'],
    ],
    [
      'workflow',
      action({ defaultAction: { ...toQueue, uri: 'sip:a@b' } }),
      ['/properties/defaultAction/uri'],
    ],
    ['workflow', action({ nonBusinessHoursAction: toQueue }), ['/properties/nonBusinessHoursAction/action']],
    ['workflow', action({ holidayAction: { action: 'Terminate', prompt } }), []],
    [
      'workflow',
      action({ holidayAction: { action: 'Terminate', prompt: {} } }),
      ['/properties/holidayAction/prompt/textToSpeechPrompt'],
    ],
    ['workflow', action({ defaultAction: asking({ action: toQueue, voiceResponseList: ['sales'] }) }), []],
    [
      'workflow',
      action({ defaultAction: asking({ action: toQueue }) }),
      ['/properties/defaultAction/question/answerList/0/dtmfResponse'],
    ],
    [
      'workflow',
      action({ defaultAction: asking({ action: toQueue, voiceResponseList: ['say "yes"'] }) }),
      ['/properties/defaultAction/question/answerList/0/voiceResponseList/0'],
    ],
    ['queue', { overflowThreshold: 1000, timeoutThreshold: 10 }, []],
    [
      'queue',
      { overflowThreshold: 1001, timeoutThreshold: 9 },
      ['/properties/overflowThreshold', '/properties/timeoutThreshold'],
    ],
    [
      'queue',
      { overflowAction: asking({ action: toQueue, dtmfResponse: '1' }) },
      ['/properties/overflowAction/action'],
    ],
    [
      'queue',
      {
        overflowCandidate: 'OldestCall',
        timeoutAction: { action: 'TransferToVoiceMailUri', uri: primaryUri },
      },
      [],
    ],
    ['agent-group', { agentAlertTime: 10, routingMethod: 'Attendant' }, []],
    [
      'agent-group',
      { agentAlertTime: 9, routingMethod: 'Random' },
      ['/properties/routingMethod', '/properties/agentAlertTime'],
    ],
    [
      'agent-group',
      { agentsByUri: ['sip:a@b'], distributionGroupAddress: 'list@contoso.com' },
      ['/properties/distributionGroupAddress'],
    ],
    ['hours-of-business', { mondayHours1: { openTime: '9:00', closeTime: '17:00' } }, []],
    [
      'hours-of-business',
      { mondayHours1: { openTime: '25:00' } },
      ['/properties/mondayHours1/openTime', '/properties/mondayHours1/closeTime'],
    ],
    ['holiday-set', { holidayList: [] }, ['/properties/holidayList']],
    [
      'holiday-set',
      { holidayList: [{ name: 'New Year', startDate: '2014-01-02', endDate: '2014-01-02' }] },
      ['/properties/holidayList/0/endDate'],
    ],
    ['application-settings', { agentRingbackGracePeriod: 600 }, []],
    ['application-settings', { agentRingbackGracePeriod: 601 }, ['/properties/agentRingbackGracePeriod']],
  ])('of %s: %j', (kind, given, pointers) => {
    expect(pointersFor(kind, given)).toEqual(pointers);
  });

  it.each([
    ['2026-02-30', false],
    ['2026-02-29', false],
    ['2100-02-29', false],
    ['2026-04-31', false],
    ['2026-13-01', false],
    ['2026-12-32', false],
    ['2028-02-29', true],
    ['2000-02-29T00:00:00', true],
    ['2026-01-31T00:00:00Z', true],
    ['2026-11-30', true],
  ])('knows of the day %s whether a calendar has it: %s', (startDate, holds) => {
    const holidayList = [{ name: 'Holiday', startDate, endDate: '2199-01-01' }];
    expect(pointersFor('holiday-set', { holidayList })).toEqual(
      holds ? [] : ['/properties/holidayList/0/startDate'],
    );
  });

  it('name what is known where something is not', () => {
    expect(completeProperties('application-settings', { 'ring/back': 1 }).errors).toEqual([
      {
        pointer: '/properties/ring~1back',
        detail:
          'Is not known. Known are: agentRingbackGracePeriod, defaultMusicOnHoldFile, disableCallContext.',
      },
    ]);
  });

  it('refuse text that cannot be stored', () => {
    expect(pointersFor('queue', { description: 'two\nlines' })).toEqual([]);
    expect(pointersFor('queue', { description: 'nul\u0000' })).toEqual(['/properties/description']);
    expect(pointersFor('queue', { description: '\ud800' })).toEqual(['/properties/description']);
  });
});

describe('The defaults of the cmdlets', () => {
  it('are filled in', () => {
    expect(completeProperties('agent-group', undefined).properties).toEqual({
      description: null,
      participationPolicy: 'Informal',
      routingMethod: 'Parallel',
      agentAlertTime: 20,
      agentsByUri: [],
      distributionGroupAddress: null,
    });
    expect(completeProperties('queue', {}).properties).toMatchObject({
      overflowThreshold: null,
      overflowCandidate: 'NewestCall',
      timeoutThreshold: null,
    });
    expect(completeProperties('workflow', { primaryUri }).properties).toMatchObject({
      active: false,
      anonymous: false,
      enabledForFederation: false,
      defaultAction: null,
    });
    expect(defaultApplicationSettings).toEqual({
      agentRingbackGracePeriod: 60,
      defaultMusicOnHoldFile: null,
      disableCallContext: false,
    });
  });
});
