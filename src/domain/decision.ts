import type { PoolkeeperEvent } from '../../events/registry.js';
import { identifierPattern, identifierSentence } from '../../policy/ids.js';
import { cutToBytes } from '../../policy/texts/cut.js';

/** Something the caller should know although the command was accepted. */
export interface Warning {
  /** A stable name, in kebab-case. */
  readonly code: string;
  readonly detail: string;
}

export interface Accepted {
  readonly outcome: 'accepted';
  /** Empty where the command repeats what already holds. */
  readonly events: readonly PoolkeeperEvent[];
  /** Statement ids or named rules that allowed it, where a rule had a say. */
  readonly because: readonly string[];
  readonly warnings: readonly Warning[];
  /** Whether the first event caused the others; else the command caused all. */
  readonly firstCausesRest: boolean;
  /** The id of what was created or recorded, or already holds: an object's or an export's. */
  readonly subject: string | null;
  /** How what already holds is on record, where that is known. */
  readonly held?: Held;
  /** How what it takes the place of is on record, where that is known. */
  readonly replaces?: Held | undefined;
}

/** What a command repeats, or replaces, as it is on record. */
export interface Held {
  /** What it is, at the beginning of a sentence. */
  readonly what: string;
  /** RFC 3339, UTC: as of when. */
  readonly at: string;
  /** Null where none was given; absent where there can be none. */
  readonly reason?: string | null;
}

/** A field that is wrong by itself. `pointer` is a JSON pointer into the body, e.g. `/properties/agentAlertTime`. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** The body is wrong in any state. */
export interface Invalid {
  readonly outcome: 'invalid';
  readonly errors: readonly FieldError[];
}

/** The command refers to something that does not exist. */
export interface Unknown {
  readonly outcome: 'unknown';
  readonly errors: readonly FieldError[];
}

/** A rule forbids it now. */
export interface Refused {
  readonly outcome: 'refused';
  /** The name of the rule, in kebab-case. */
  readonly rule: string;
  /** Statement ids, or the rule's name where no statement decides. */
  readonly because: readonly string[];
  readonly detail: string;
  /** What would be allowed instead. */
  readonly allowed: readonly string[];
}

export type Decision = Accepted | Invalid | Unknown | Refused;

export const accepted = (
  events: readonly PoolkeeperEvent[],
  more: Partial<Omit<Accepted, 'outcome' | 'events'>> = {},
): Accepted => ({
  outcome: 'accepted',
  events,
  because: [],
  warnings: [],
  firstCausesRest: false,
  subject: null,
  ...more,
});

/** The command repeats what already holds. */
export const alreadyHolds = (subject: string | null = null, held?: Held): Accepted =>
  accepted([], { subject, ...(held === undefined ? {} : { held }) });

export const invalid = (errors: readonly FieldError[]): Invalid => ({ outcome: 'invalid', errors });

export const unknown = (pointer: string, detail: string): Unknown => ({
  outcome: 'unknown',
  errors: [{ pointer, detail }],
});

/**
 * The command names an object that is not on record. An id that the API gives no object is a mistake in itself; an object
 * of a file may have one all the same, so it is looked for first.
 */
export const noSuchId = (pointer: string, id: string, detail: string): Invalid | Unknown =>
  identifierPattern.test(id)
    ? unknown(pointer, detail)
    : invalid([{ pointer, detail: `${detail} ${identifierSentence}.` }]);

/**
 * The most bytes of the detail of a refusal, which is stored: a refusal takes no more of the log than its request and two
 * kilobytes. Sentences stay well below by naming a few of many; this is for the longest names in one of them.
 */
const longestDetail = 1_250;

export const refused = (
  rule: string,
  detail: string,
  more: { readonly because?: readonly string[]; readonly allowed?: readonly string[] } = {},
): Refused => ({
  outcome: 'refused',
  rule,
  detail: cutToBytes(detail, longestDetail),
  because: more.because !== undefined && more.because.length > 0 ? more.because : [rule],
  allowed: more.allowed ?? [],
});
