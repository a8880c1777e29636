/**
 * The kinds of findings of readiness: severity, reason and sources.
 *
 * `critical`: a failover would not restore service, or nothing would. `warning`: something would be lost or fail, and
 * it can be prevented now. `info`: documented behaviour, or something that is not known; worth knowing beforehand.
 */
import type { Basis } from '../experience/types.js';
import type { SourceId } from '../sources.js';
import type { StatementId } from '../statements.js';

export const severities = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

export interface FindingKind {
  readonly severity: Severity;
  readonly why: string;
  readonly sources: readonly SourceId[];
  /** The statements of the three tables that decide it, if any. */
  readonly because: readonly StatementId[];
  /** `inferred`: it follows from the documents, but they do not state it. */
  readonly basis: Basis;
}

export const found = (
  severity: Severity,
  why: string,
  sources: readonly SourceId[],
  more: Partial<Pick<FindingKind, 'because' | 'basis'>> = {},
): FindingKind => ({ severity, why, sources, because: [], basis: 'stated', ...more });

/** For `more` of `found`. */
export const inferred = { basis: 'inferred' } as const;
