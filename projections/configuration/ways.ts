/** Where a response group takes its calls: through the menus of a workflow to queues, and on to groups of agents. */
import type { JsonObject } from '../../events/envelope.js';
import { isRecord } from '../../policy/object-properties/schema.js';
import { listIn, nameOr, type Neighbours, recordIn, textIn, textsIn, type Named } from './lookup.js';

export interface GroupOfQueue extends Named {
  readonly routing: string | null;
  readonly participation: string | null;
  /** Seconds for which an agent's phone rings. */
  readonly alertTime: string | null;
  readonly agents: readonly string[];
  readonly distributionGroup: string | null;
}

export interface QueueOfWay extends Named {
  /** Seconds, and what happens then; null: calls wait without end. */
  readonly timeout: string | null;
  /** Calls, and what happens beyond; null: any number waits. */
  readonly overflow: string | null;
  /** In the order in which they are searched. */
  readonly groups: readonly GroupOfQueue[];
}

/** One way of a call. */
export interface Way {
  /** What the caller chose in the menus: `1 Sales › 2 Berlin`; empty where there is no menu. */
  readonly choice: string;
  /** What the caller hears first; null: nothing. */
  readonly hears: string | null;
  /** `goes to queue Sales`. */
  readonly then: string;
  /** Null where the way ends elsewhere. */
  readonly queue: QueueOfWay | null;
}

/** No ways where there is no action: such a workflow takes no calls. */
export function waysOf(
  action: JsonObject | null,
  near: Neighbours,
  choices: readonly string[] = [],
): readonly Way[] {
  if (action === null) return [];
  const question = recordIn(action, 'question');
  if (action['action'] === 'TransferToQuestion' && question !== null) {
    return listIn(question, 'answerList')
      .filter(isRecord)
      .flatMap((answer) => waysOf(recordIn(answer, 'action'), near, [...choices, choiceOf(answer)]));
  }
  const queueId = action['action'] === 'TransferToQueue' ? textIn(action, 'queueId') : null;
  return [
    {
      choice: choices.join(' › '),
      hears: promptText(recordIn(action, 'prompt')),
      then: actionText(action, near),
      queue: queueId === null ? null : queueOf(queueId, near),
    },
  ];
}

function choiceOf(answer: JsonObject): string {
  const spoken = textsIn(answer, 'voiceResponseList').map((word) => `“${word}”`);
  const parts = [textIn(answer, 'dtmfResponse'), textIn(answer, 'name'), ...spoken];
  return parts.filter((part) => part !== null).join(' ');
}

/** What is said, or the file that is played; the text is a stand-in for a file that is missing. */
export function promptText(prompt: JsonObject | null): string | null {
  if (prompt === null) return null;
  const file = textIn(prompt, 'audioFilePrompt');
  const text = textIn(prompt, 'textToSpeechPrompt');
  if (file !== null) return text === null ? `file ${file}` : `file ${file}, or else “${text}”`;
  return text === null ? null : `“${text}”`;
}

/** `goes to queue Sales`, `ends`; null where there is no action. */
export function actionText(action: JsonObject, near: Neighbours): string {
  const kind = textIn(action, 'action');
  const uri = textIn(action, 'uri') ?? '(no address)';
  const queueId = textIn(action, 'queueId');
  switch (kind) {
    case 'Terminate':
      return 'ends';
    case 'TransferToQueue':
      return queueId === null
        ? 'goes to a queue (none named)'
        : `goes to queue ${nameOr(near.named('queue', queueId))}`;
    case 'TransferToQuestion':
      return 'goes to a menu';
    case 'TransferToVoiceMailUri':
      return `goes to the voice mail of ${uri}`;
    case 'TransferToUri':
    case 'TransferToPSTN':
      return `goes to ${uri}`;
    default:
      return `${kind ?? 'no action'} (no cmdlet knows it)`;
  }
}

/** What the caller hears, then where the call goes; null where there is no action. */
export function closedText(action: JsonObject | null, near: Neighbours): string | null {
  if (action === null) return null;
  const hears = promptText(recordIn(action, 'prompt'));
  const then = actionText(action, near);
  return hears === null ? then : `${then}, after ${hears}`;
}

export function queueOf(id: string, near: Neighbours): QueueOfWay {
  const fields = near.find('queue', id)?.properties ?? {};
  const beyond = (threshold: string, action: string, words: (value: string) => string): string | null => {
    const value = textIn(fields, threshold);
    if (value === null) return null;
    const then = recordIn(fields, action);
    return `${words(value)}: the call ${then === null ? 'ends' : actionText(then, near)}`;
  };
  return {
    ...near.named('queue', id),
    timeout: beyond('timeoutThreshold', 'timeoutAction', (value) => `after ${value} s`),
    overflow: beyond('overflowThreshold', 'overflowAction', (value) => `beyond ${value} calls`),
    groups: textsIn(fields, 'agentGroupIdList').map((group) => groupOf(group, near)),
  };
}

export function groupOf(id: string, near: Neighbours): GroupOfQueue {
  const fields = near.find('agent-group', id)?.properties ?? {};
  return {
    ...near.named('agent-group', id),
    routing: textIn(fields, 'routingMethod'),
    participation: textIn(fields, 'participationPolicy'),
    alertTime: textIn(fields, 'agentAlertTime'),
    agents: textsIn(fields, 'agentsByUri'),
    distributionGroup: textIn(fields, 'distributionGroupAddress'),
  };
}
