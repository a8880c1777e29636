/** What the service answers, as values. The HTTP edge gives them status numbers, headers and problem documents. */
import type { JsonObject } from '../../events/envelope.js';
import type { ProblemDocument } from '../contract/problems.js';
import type { RebuildAnswer } from '../contract/projections.js';
import type { Candidate } from '../../projections/why/find.js';
import type { FieldError, Invalid, Refused, Unknown } from '../domain/decision.js';

/** An answer, with the version that it changes with: a revision or a position; null where nothing compares versions. */
export class Ok<Value> {
  constructor(
    readonly value: Value,
    readonly version: string | null = null,
  ) {}
}

/** Why there is no answer. */
export class Failed {
  constructor(readonly failure: Failure) {}
}

/** The stored answer to an earlier request with the same idempotency key, word for word. */
export class Repeated {
  constructor(
    readonly answer: StoredAnswer,
    /** Whether the command was accepted then. */
    readonly wasAccepted: boolean,
  ) {}
}

export type Result<Value> = Ok<Value> | Failed;

/** The answer to a command: new, or that of an earlier request with the same idempotency key. */
export type CommandResult<Value> = Result<Value> | Repeated;

/** An answer as an idempotency record stores it. The names are the storage format (`events/idempotency.ts`). */
export interface StoredAnswer {
  readonly status: number;
  readonly answer: JsonObject;
  readonly etag: string | null;
}

/** How the edge words results: idempotency records store an answer as clients got it. */
export interface AnswerFormat {
  stored(result: Result<object>): StoredAnswer;
  problem(failure: Failure): ProblemDocument;
  /** Whether a stored answer is that of an accepted command. */
  isAccepted(answer: StoredAnswer): boolean;
}

/** Every reason for which the service does not answer. `kind` is the name of the problem that clients see. */
export type Failure =
  | { readonly kind: 'invalid'; readonly errors: readonly FieldError[]; readonly detail?: string }
  | { readonly kind: 'unknown'; readonly errors: readonly FieldError[] }
  | { readonly kind: 'ambiguous'; readonly detail: string; readonly candidates: readonly Candidate[] }
  | ({ readonly kind: 'refused' } & Pick<Refused, 'rule' | 'detail' | 'because' | 'allowed'>)
  | {
      readonly kind: 'not-understood';
      readonly stream: string;
      readonly position: bigint;
      readonly detail: string;
    }
  | {
      readonly kind: 'precondition-failed';
      readonly stream: string;
      /** Where the stream stands; null where it does not exist. */
      readonly revision: bigint | string | null;
      /** Where no single stream is compared. */
      readonly detail?: string;
    }
  | { readonly kind: 'idempotency-key-reused' }
  | { readonly kind: 'overloaded' }
  | { readonly kind: 'contended' }
  | { readonly kind: 'store-unavailable'; readonly reason: string }
  | { readonly kind: 'under-repair'; readonly detail: string }
  | {
      readonly kind: 'not-there-yet';
      /** Where the views stand. */
      readonly position: bigint;
      readonly wanted: bigint;
      /** How long it was waited for, in milliseconds. */
      readonly waited: number;
    }
  | { readonly kind: 'busy' }
  | { readonly kind: 'too-many-listeners'; readonly allowed: number }
  | {
      readonly kind: 'catching-up';
      /** Where the views stand. */
      readonly position: bigint;
      /** Why the log cannot be read at present; null where it is being read. */
      readonly reason: string | null;
    }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'rebuild-under-way'; readonly detail: string; readonly rebuild: RebuildAnswer }
  | { readonly kind: 'no-rebuild-under-way'; readonly detail: string; readonly rebuild: RebuildAnswer }
  | {
      readonly kind: 'malformed-export';
      readonly detail: string;
      readonly entry: string | null;
      readonly line: number | null;
      readonly column: number | null;
    }
  | { readonly kind: 'export-too-large'; readonly detail: string }
  | { readonly kind: 'too-many-uploads'; readonly allowed: number }
  | { readonly kind: 'no-seals'; readonly reason: string }
  | { readonly kind: 'no-backups' }
  | { readonly kind: 'backup-under-way' }
  | { readonly kind: 'backup-failed'; readonly reason: string };

/** Failures that trying again may overcome: no idempotency record holds them. */
const passing: ReadonlySet<Failure['kind']> = new Set<Failure['kind']>([
  'overloaded',
  'too-many-uploads',
  'contended',
  'store-unavailable',
  'under-repair',
  'not-there-yet',
  'catching-up',
  'stopping',
]);

export const isPassing = ({ kind }: Failure): boolean => passing.has(kind);

/** The result of a decision that emits nothing and that no rule refuses. */
export const mistake = (decision: Invalid | Unknown): Failed =>
  decision.outcome === 'invalid' ? invalid(decision.errors) : unknown(decision.errors);

/** The same result with another value. */
export const mapped = <Value, Other>(
  result: Result<Value>,
  change: (value: Value) => Other,
): Result<Other> => (result instanceof Failed ? result : new Ok(change(result.value), result.version));

export const failed = (failure: Failure): Failed => new Failed(failure);
export const invalid = (errors: readonly FieldError[]): Failed => new Failed({ kind: 'invalid', errors });
export const unknown = (errors: readonly FieldError[]): Failed => new Failed({ kind: 'unknown', errors });
