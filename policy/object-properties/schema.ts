/** The types of properties: the vocabulary of the tables in this folder. */
import type { JsonObject, JsonValue } from '../../events/envelope.js';
import type { ObjectKind } from '../../events/vocabulary.js';
import { limits } from '../limits.js';
import { sipAddress, transferAddress } from '../sip.js';

export const callActionNames = [
  'Terminate',
  'TransferToQueue',
  'TransferToQuestion',
  'TransferToUri',
  'TransferToVoiceMailUri',
  'TransferToPSTN',
] as const;
export type CallActionName = (typeof callActionNames)[number];

export type PropertyType =
  | { readonly is: 'boolean' }
  | { readonly is: 'integer'; readonly minimum: number; readonly maximum: number }
  | { readonly is: 'choice'; readonly of: readonly string[] }
  | TextType
  /** The id of an object of this kind on the same pool. */
  | { readonly is: 'reference'; readonly to: ObjectKind }
  | ListType
  | RecordType
  | { readonly is: 'call-action'; readonly actions: readonly CallActionName[] };

export interface ListType {
  readonly is: 'list';
  readonly of: PropertyType;
  readonly minimum: number;
  /** Whether no call and no person notices the order of its items. */
  readonly anyOrder?: true;
}

export interface TextType {
  readonly is: 'text';
  readonly maximum: number;
  /** The pattern that the text must match, and its description for error messages; any text where absent. */
  readonly form?: TextForm;
  /** Whether it may have several lines. */
  readonly lines?: true;
  /** Whether it is an address, which is the same in any case. */
  readonly address?: true;
}

export interface TextForm {
  readonly pattern: RegExp;
  readonly reads: string;
  /** What files of exports have although no command may, and is no fault there. Nothing more where absent. */
  readonly usualInFiles?: RegExp;
}

/** `fields` is a function, for the types are recursive: a question holds answers, an answer an action, an action a question. */
export interface RecordType {
  readonly is: 'record';
  readonly fields: () => PropertyTable;
  readonly agreement?: Agreement;
}

/** A condition between the fields of one record. */
export interface Agreement {
  readonly holds: (fields: JsonObject) => boolean;
  /** The field that the error points at. */
  readonly field: string;
  readonly detail: string;
}

export interface Property {
  readonly type: PropertyType;
  readonly required: boolean;
  /** The value when none is given; null is "none". */
  readonly default: JsonValue;
}

export type PropertyTable = Readonly<Record<string, Property>>;

export const optional = (type: PropertyType, standard: JsonValue = null): Property => ({
  type,
  required: false,
  default: standard,
});
export const required = (type: PropertyType): Property => ({ type, required: true, default: null });

export const boolean: PropertyType = { is: 'boolean' };
export const text: TextType = { is: 'text', maximum: limits.text, lines: true };
export const shortText: TextType = { is: 'text', maximum: limits.shortText };
export const integer = (minimum: number, maximum: number): PropertyType => ({
  is: 'integer',
  minimum,
  maximum,
});
export const choice = (...of: readonly string[]): PropertyType => ({ is: 'choice', of });
export const reference = (to: ObjectKind): PropertyType => ({ is: 'reference', to });
export const listOf = (of: PropertyType, minimum = 0): PropertyType => ({ is: 'list', of, minimum });
/** A list whose order nobody notices. */
export const setOf = (of: PropertyType, minimum = 0): PropertyType => ({
  is: 'list',
  of,
  minimum,
  anyOrder: true,
});
export const callAction = (...actions: readonly CallActionName[]): PropertyType => ({
  is: 'call-action',
  actions,
});

const formed = (pattern: RegExp, reads: string, usualInFiles?: RegExp): TextType => ({
  is: 'text',
  maximum: limits.formedText,
  form: { pattern, reads, ...(usualInFiles === undefined ? {} : { usualInFiles }) },
});

export const title: TextType = {
  is: 'text',
  maximum: limits.shortText,
  form: { pattern: /\S/, reads: 'a name' },
};
export const sipUri: TextType = {
  ...formed(sipAddress, 'a SIP URI such as sip:helpdesk@contoso.com, with the characters of RFC 3261'),
  address: true,
};
export const transferUri: TextType = {
  ...formed(
    transferAddress,
    'a SIP URI such as sip:helpdesk@contoso.com, or a TEL URI such as tel:+14255550100',
  ),
  address: true,
};
export const lineUri: TextType = {
  ...formed(/^tel:\+\d+$/i, 'TEL:+ and digits, such as TEL:+14255550100', /^tel:\+\d+;ext=\d+$/i),
  address: true,
};
export const audioFile = formed(/^[^\s].*\.(wav|wma)$/i, 'the name of a .wav or .wma file');
export const timeOfDay = formed(
  /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/,
  'a time of day on the 24-hour clock, such as 08:30',
  // The end of the day, in either of the ways in which it is written.
  /^(24:00|23:59:59\.9+)$/,
);
/** Days that exist: no 30 February, and 29 February in leap years only. */
const calendarDay = [
  /\d{4}-(0[13578]|1[02])-(0[1-9]|[12]\d|3[01])/,
  /\d{4}-(0[469]|11)-(0[1-9]|[12]\d|30)/,
  /\d{4}-02-(0[1-9]|1\d|2[0-8])/,
  /(\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29/,
]
  .map(({ source }) => source)
  .join('|');
const timeOnThatDay = /T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?/.source;
export const date = formed(
  new RegExp(`^(${calendarDay})(${timeOnThatDay})?$`),
  'a date of the calendar, such as 2013-12-24',
);

export const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
export const isRecord = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
