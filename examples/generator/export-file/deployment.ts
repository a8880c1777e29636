/** Deployments of any size that repeat themselves: workflows with their queues, agent groups, hours and audio files. */
import { Random } from '../random.js';
import type { DescribedExport, DescribedObject } from './export-file.js';
import { defaultsOf, propertyTables } from '../../../policy/object-properties/tables.js';
import type { ObjectKind, Properties } from '../../../events/vocabulary.js';
import { uuidOf } from '../../../src/runtime/identifiers.js';

export interface DeploymentSize {
  readonly workflows: number;
  /** Workflows with a music of their own. */
  readonly audioFiles: number;
  readonly pool?: string;
  readonly seed?: number;
}

export const idOf = (name: string): string => uuidOf(`deployment ${name}`);

const complete = (kind: ObjectKind, properties: Properties): Properties => ({
  ...defaultsOf(propertyTables[kind]),
  ...properties,
});

export function deployment({
  workflows,
  audioFiles,
  pool = 'pool-a.contoso.com',
  seed = 8,
}: DeploymentSize): DescribedExport {
  const random = new Random(seed);
  const object = (kind: ObjectKind, name: string, properties: Properties): DescribedObject => ({
    kind,
    id: idOf(name),
    name,
    owner: pool,
    properties: complete(kind, properties),
  });
  const hours = object('hours-of-business', 'Office hours', {
    mondayHours1: { openTime: '08:00', closeTime: '12:30' },
    mondayHours2: { openTime: '13:00', closeTime: '17:00' },
  });
  const holidays = object('holiday-set', 'Holidays', {
    holidayList: [{ name: 'Christmas', startDate: '2026-12-25', endDate: '2026-12-27' }],
  });
  const groups = Array.from({ length: workflows }, (_, number) => {
    const name = `Group ${number + 1}`;
    const agents = Array.from(
      { length: random.between(2, 8) },
      () => `sip:agent-${random.between(1, 2_000)}@contoso.com`,
    );
    return [
      object('workflow', name, {
        description: `The callers of ${name}`,
        primaryUri: `sip:group-${number + 1}@contoso.com`,
        lineUri: `TEL:+4930${10_000 + number}`,
        displayNumber: `+49 30 ${10_000 + number}`,
        active: true,
        anonymous: random.chance(0.1),
        language: 'de-DE',
        timeZone: 'W. Europe Standard Time',
        businessHoursId: hours.id,
        holidaySetIdList: [holidays.id],
        ...(number < audioFiles ? { customMusicOnHoldFile: `music-${number + 1}.wav` } : {}),
        defaultAction: {
          action: 'TransferToQueue',
          queueId: idOf(`${name} queue`),
          prompt: { textToSpeechPrompt: `Welcome to ${name}. Please hold the line.` },
        },
        nonBusinessHoursAction: { action: 'Terminate', prompt: { textToSpeechPrompt: 'We are closed.' } },
        holidayAction: { action: 'Terminate', prompt: { textToSpeechPrompt: 'We are on holiday.' } },
      }),
      object('queue', `${name} queue`, {
        agentGroupIdList: [idOf(`${name} agents`)],
        timeoutThreshold: 300,
        timeoutAction: { action: 'TransferToVoiceMailUri', uri: `sip:mailbox-${number + 1}@contoso.com` },
      }),
      object('agent-group', `${name} agents`, {
        participationPolicy: random.chance(0.3) ? 'Formal' : 'Informal',
        agentsByUri: [...new Set(agents)],
      }),
    ];
  });
  return {
    pool,
    objects: [...groups.flat(), hours, holidays],
    applicationSettings: {
      agentRingbackGracePeriod: 90,
      defaultMusicOnHoldFile: null,
      disableCallContext: false,
    },
  };
}
