/** What would be lost or go wrong, and what is to come home. */
import { findingKinds, severities, type FindingId } from '../../policy/readiness/findings.js';
import type { Finding, FoundObject } from '../../projections/readiness/finding.js';
import type { LastExport, ReadinessView } from '../../projections/readiness/view.js';
import { source, sourceId } from './sources.js';
import { nothingToPrepareYet, sides } from './preparation.js';
import {
  choice,
  count,
  filledBy,
  list,
  named,
  nullable,
  number,
  object,
  describedAs,
  text,
  union,
  textOf,
  type Described,
  type JsonSchema,
  type Schema,
} from './schema.js';
import { basis, kind, maybeDrill, moment, position, staleness, statementId, tick, time } from './words.js';
import { pairMembership } from './pair-membership.js';

const findingIds = Object.keys(findingKinds);
export const findingId: Schema<FindingId> = { ...textOf<FindingId>(), enum: findingIds };

export const foundObject = named(
  'FoundObject',
  filledBy<FoundObject>()(
    object({
      id: text,
      kind,
      name: text,
      owner: text,
      parent: text,
      changed: describedAs(nullable(tick), 'What last changed or removed it; null where that is not known.'),
    }),
  ),
);

const finding = named(
  'Finding',
  filledBy<Finding>()(
    object({
      id: findingId,
      severity: choice(...severities),
      detail: describedAs(text, 'What was found, here and now.'),
      why: describedAs(text, 'Why that matters, in general.'),
      objects: list(foundObject),
      atStake: describedAs(
        count,
        'How many things this adds to what is at stake: objects, and 1 for a set of settings.',
      ),
      action: object({ text, powershell: list(text) }),
      because: list(statementId),
      basis,
      sources: list(sourceId),
    }),
  ),
);

const lastExport = named(
  'LastExport',
  filledBy<LastExport>()(
    object({
      exportId: text,
      fileName: nullable(text),
      filePath: describedAs(nullable(text), 'Null where the file was given by its name alone.'),
      contentHash: describedAs(nullable(text), 'SHA-256, in hex; null where the file was not read.'),
      writtenAt: describedAs(nullable(time), 'When the file was written; null where nothing says so.'),
      ageMinutes: describedAs(
        count,
        'Whole minutes since the file was written, or since it was added where nothing says when that was.',
      ),
      actor: text,
      occurredAt: time,
      position,
    }),
  ),
);

const atStakeByFinding: Schema<Readonly<Partial<Record<FindingId, number>>>> = {
  type: 'object',
  properties: Object.fromEntries(findingIds.map((id): [string, JsonSchema] => [id, count])),
  additionalProperties: false,
};

export const readinessCounts = object({ critical: count, warning: count, info: count });

/** All but the findings themselves. */
export const readinessSummary = {
  ...sides,
  question: choice('if-it-failed-now', 'if-it-never-came-back', 'what-is-to-come-home'),
  verdict: describedAs(choice('ready', 'warnings', 'critical'), '`ready`: nothing worse than information.'),
  counts: readinessCounts,
  atStake: describedAs(
    object({ total: count, by: atStakeByFinding }),
    'How many objects and sets of settings are at stake, by what was found of them.',
  ),
  lastExport: nullable(lastExport),
  exportAgeTargetHours: number,
} as const;

const readinessMembers = {
  ...readinessSummary,
  findings: describedAs(list(finding), 'The worst first.'),
  sources: describedAs(list(source), 'The documents that the findings name.'),
} as const;

export const readinessView = named(
  'Readiness',
  filledBy<ReadinessView>()(object(readinessMembers, { ...maybeDrill, ...pairMembership })),
);

const readiness = named(
  'ReadinessAnswer',
  object({ ...moment, ...readinessMembers }, { ...maybeDrill, ...pairMembership, ...staleness }),
);
export const readinessAnswer = union(readiness, nothingToPrepareYet);
export type ReadinessAnswer = Described<typeof readinessAnswer>;
