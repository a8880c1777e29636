import { logPositionOf } from '../../events/places.js';
import type { ObjectKind } from '../../events/vocabulary.js';
import type { EventRef } from '../../facts/event-ref.js';
import type { Copy } from '../../facts/pair.js';
import type { Basis } from '../../policy/experience/types.js';
import {
  findingKinds,
  type FindingId,
  type FindingKind,
  type Severity,
} from '../../policy/readiness/findings.js';
import type { SourceId } from '../../policy/sources.js';
import type { StatementId } from '../../policy/statements.js';

/** Who did something, when, and where in the log it stands. */
export interface Completion {
  readonly actor: string;
  /** When it happened, as reported. */
  readonly occurredAt: string;
  readonly position: string;
}

export const completionOf = ({ actor, occurredAt, position }: EventRef): Completion => ({
  actor,
  occurredAt,
  position: String(logPositionOf(position)),
});

export interface FoundObject {
  readonly id: string;
  readonly kind: ObjectKind;
  readonly name: string;
  readonly owner: string;
  readonly parent: string;
  /** What last changed or removed it; null where that is not known. */
  readonly changed: Completion | null;
}

export const found = (copy: Copy): FoundObject => {
  const { id, kind, name, owner, parent, lastChange } = copy;
  return { id, kind, name, owner, parent, changed: completionOf(lastChange) };
};

export interface Finding {
  readonly id: FindingId;
  readonly severity: Severity;
  /** What was found, here and now. */
  readonly detail: string;
  /** Why that matters, in general. */
  readonly why: string;
  readonly objects: readonly FoundObject[];
  /** How many things this adds to what is at stake: objects, and 1 for a set of settings. */
  readonly atStake: number;
  readonly action: { readonly text: string; readonly powershell: readonly string[] };
  readonly because: readonly StatementId[];
  readonly basis: Basis;
  readonly sources: readonly SourceId[];
}

interface FindingParticulars {
  readonly detail: string;
  readonly objects?: readonly FoundObject[];
  readonly atStake?: number;
  readonly action: string;
  readonly powershell?: readonly string[];
}

/** One finding, or none where there is nothing of the kind. */
export function finding(id: FindingId, { detail, action, ...more }: FindingParticulars): Finding {
  const { objects = [], atStake = 0, powershell = [] } = more;
  const { severity, why, because, basis, sources }: FindingKind = findingKinds[id];
  return {
    id,
    severity,
    detail,
    why,
    objects,
    atStake,
    action: { text: action, powershell },
    because: [...because],
    basis,
    sources: [...sources],
  };
}

/** `1 object`, `2 objects`. */
export const counted = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? '' : 's'}`;

/** Where a finding needs at least one object. */
export const whereAny = (
  copies: readonly Copy[],
  describe: (objects: readonly FoundObject[], copies: readonly Copy[]) => Finding,
): readonly Finding[] => (copies.length === 0 ? [] : [describe(copies.map(found), copies)]);
