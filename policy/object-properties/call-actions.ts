/** Call actions, prompts, questions and answers: New-CsRgsCallAction, -Prompt, -Question and -Answer. */
import {
  audioFile,
  callAction,
  callActionNames,
  choice,
  listOf,
  optional,
  reference,
  required,
  setOf,
  shortText,
  text,
  transferUri,
  type CallActionName,
  type PropertyTable,
  type PropertyType,
  type RecordType,
} from './schema.js';

/** A missing audio file silently falls back to the text. */
export const prompt: RecordType = {
  is: 'record',
  fields: () => ({
    textToSpeechPrompt: optional(text),
    audioFilePrompt: optional(audioFile),
  }),
  agreement: {
    holds: (fields) => fields['textToSpeechPrompt'] !== undefined || fields['audioFilePrompt'] !== undefined,
    field: 'textToSpeechPrompt',
    detail: 'A prompt needs textToSpeechPrompt, audioFilePrompt or both.',
  },
};

const answer: RecordType = {
  is: 'record',
  fields: () => ({
    name: optional(shortText),
    action: required(anyCallAction),
    dtmfResponse: optional(choice('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#')),
    voiceResponseList: optional(
      setOf(
        {
          is: 'text',
          maximum: 128,
          form: { pattern: /^[^"]+$/, reads: 'what the caller may say, without double quotes' },
        },
        1,
      ),
    ),
  }),
  agreement: {
    holds: (fields) => fields['dtmfResponse'] !== undefined || fields['voiceResponseList'] !== undefined,
    field: 'dtmfResponse',
    detail: 'An answer needs dtmfResponse, voiceResponseList or both.',
  },
};

export const question: RecordType = {
  is: 'record',
  fields: () => ({
    name: optional(shortText),
    prompt: required(prompt),
    /** The order is that of the menu. */
    /** In the order of the menu. */
    answerList: required(listOf(answer, 1)),
    invalidAnswerPrompt: optional(prompt),
    noAnswerPrompt: optional(prompt),
  }),
};

/** Where each action sends the call. */
const targets: Readonly<Record<CallActionName, PropertyTable>> = {
  Terminate: {},
  TransferToQueue: { queueId: required(reference('queue')) },
  TransferToQuestion: { question: required(question) },
  TransferToUri: { uri: required(transferUri) },
  TransferToVoiceMailUri: { uri: required(transferUri) },
  TransferToPSTN: { uri: required(transferUri) },
};

export const fieldsOfCallAction = (action?: CallActionName): PropertyTable =>
  action === undefined
    ? fieldsOfAnyAction
    : { action: required(choice(action)), ...targets[action], prompt: optional(prompt) };

/** Of an action that no cmdlet knows, as a file may have one. */
const fieldsOfAnyAction: PropertyTable = {
  action: required(choice(...callActionNames)),
  ...Object.fromEntries(
    Object.values(targets)
      .flatMap((target) => Object.entries(target))
      .map(([name, { type }]) => [name, optional(type)]),
  ),
  prompt: optional(prompt),
};

const anyCallAction: PropertyType = callAction(...callActionNames);

export const defaultCallAction: PropertyType = callAction('TransferToQueue', 'TransferToQuestion');
export const closedCallAction: PropertyType = callAction(
  'Terminate',
  'TransferToUri',
  'TransferToVoiceMailUri',
  'TransferToPSTN',
);
export const queueCallAction: PropertyType = callAction(
  ...callActionNames.filter((action) => action !== 'TransferToQuestion'),
);
