/** The objects of a department on its pool: an agent group, queues and a workflow, under the cmdlets' property names. */
import type { JsonObject } from '../../events/envelope.js';
import { agentGroupOf, berlin, choiceQueueOf, queueOf, type Department } from './departments.js';

const routing = ['LongestIdle', 'Parallel', 'RoundRobin', 'Serial'];

export const agentGroupProperties = (
  { formal, name, anonymous }: Department,
  members: readonly string[],
): JsonObject => ({
  participationPolicy: formal ? 'Formal' : 'Informal',
  routingMethod: routing[name.length % routing.length] ?? 'Parallel',
  agentAlertTime: anonymous ? 30 : 20,
  agentsByUri: members,
});

export const queueProperties = (department: Department, agentGroup: string): JsonObject => ({
  agentGroupIdList: [agentGroup],
  overflowThreshold: 10 + department.agents,
  overflowAction: { action: 'Terminate', prompt: says('All our lines are busy. Please call again later.') },
  timeoutThreshold: 300,
  timeoutAction: { action: 'TransferToVoiceMailUri', uri: `sip:${department.id}-mailbox@contoso.com` },
});

export const workflowProperties = (department: Department, number: number): JsonObject => ({
  description: `${department.name} of Contoso`,
  primaryUri: `sip:${department.id}@contoso.com`,
  lineUri: `TEL:+49${department.pool === berlin ? '30' : '40'}5550${String(100 + number)}`,
  displayNumber: `+49 ${department.pool === berlin ? '30' : '40'} 5550-${String(100 + number)}`,
  active: true,
  anonymous: department.anonymous,
  language: 'de-DE',
  timeZone: 'W. Europe Standard Time',
  businessHoursId: hoursOf(department.hours, department.pool),
  holidaySetIdList: [holidaySetOf(department.pool)],
  defaultAction: defaultAction(department),
  nonBusinessHoursAction: {
    action: 'Terminate',
    prompt: says(`You have reached ${department.name} outside our hours.`),
  },
  holidayAction: { action: 'Terminate', prompt: says('We are closed for the holiday.') },
});

/** An id names one object in the whole deployment, as the product's do. */
export const hoursOf = (hours: string, pool: string): string =>
  `${hours}-hours-${pool === berlin ? 'berlin' : 'hamburg'}`;

export const holidaySetOf = (pool: string): string =>
  pool === berlin ? 'holidays-berlin' : 'holidays-hamburg';

export const queuesOf = (
  department: Department,
): readonly { readonly id: string; readonly name: string }[] =>
  department.choices.length === 0
    ? [{ id: queueOf(department), name: `${department.name} queue` }]
    : department.choices.map((choice) => ({
        id: choiceQueueOf(department, choice),
        name: `${department.name}: ${choice}`,
      }));

export const agentGroupNameOf = ({ name }: Department): string => `${name} agents`;
export const agentGroupIdOf = agentGroupOf;

function defaultAction(department: Department): JsonObject {
  const { choices, name } = department;
  if (choices.length === 0) {
    return { action: 'TransferToQueue', queueId: queueOf(department), prompt: says(`Welcome to ${name}.`) };
  }
  const offered = choices.map((choice, index) => `for ${choice.toLowerCase()} press ${index + 1}`).join(', ');
  return {
    action: 'TransferToQuestion',
    question: {
      prompt: says(`Welcome to ${name}: ${offered}.`),
      answerList: choices.map((choice, index) => ({
        name: choice,
        dtmfResponse: String(index + 1),
        voiceResponseList: [choice.toLowerCase()],
        action: { action: 'TransferToQueue', queueId: choiceQueueOf(department, choice) },
      })),
    },
  };
}

const says = (text: string): JsonObject => ({ textToSpeechPrompt: text });
