/** New-CsRgsWorkflow. */
import type { JsonObject } from '../../events/envelope.js';
import { closedCallAction, defaultCallAction } from './call-actions.js';
import {
  audioFile,
  boolean,
  choice,
  lineUri,
  optional,
  reference,
  required,
  setOf,
  shortText,
  sipUri,
  text,
  type Agreement,
  type PropertyTable,
} from './schema.js';

const languages = [
  'ca-ES da-DK de-DE en-AU en-CA en-GB en-IN en-US es-ES es-MX fi-FI fr-CA fr-FR it-IT',
  'ja-JP ko-KR nb-NO nl-NL pl-PL pt-BR pt-PT ru-RU sv-SE zh-CN zh-HK zh-TW',
].flatMap((line) => line.split(' '));

export const workflowProperties: PropertyTable = {
  description: optional(text),
  primaryUri: required(sipUri),
  active: optional(boolean, false),
  /** Hides the agents' identity from callers. */
  anonymous: optional(boolean, false),
  managed: optional(boolean, false),
  managersByUri: optional(setOf(sipUri), []),
  defaultAction: optional(defaultCallAction),
  nonBusinessHoursAction: optional(closedCallAction),
  holidayAction: optional(closedCallAction),
  businessHoursId: optional(reference('hours-of-business')),
  holidaySetIdList: optional(setOf(reference('holiday-set')), []),
  /** Null: the pool's default. */
  customMusicOnHoldFile: optional(audioFile),
  lineUri: optional(lineUri),
  displayNumber: optional(shortText),
  /** Null: the language of the server. */
  language: optional(choice(...languages)),
  timeZone: optional(shortText),
  enabledForFederation: optional(boolean, false),
};

export const workflowAgreements: readonly Agreement[] = [
  {
    holds: (fields: JsonObject) => fields['active'] !== true || (fields['defaultAction'] ?? null) !== null,
    field: 'defaultAction',
    detail: 'An active workflow needs a defaultAction.',
  },
];

/** Display names that the product reserves. */
export const reservedWorkflowNames: readonly string[] = ['RGS Presence Watcher', 'Announcement Service'];
export const charactersBarredFromWorkflowNames: readonly string[] = ['<', '>'];
