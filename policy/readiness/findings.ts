/** All kinds of findings of readiness, in the order in which they are documented. */
import { findingsOfGroups } from './findings-of-groups.js';
import { findingsOfIncidents } from './findings-of-incidents.js';
import { findingsOfPairs } from './findings-of-pairs.js';
import { findingsOfReplication } from './findings-of-replication.js';
import { findingsOfReplacement } from './findings-of-replacement.js';
import { findingsOfServices } from './findings-of-services.js';
import { findingsOfTransfer } from './findings-of-transfer.js';

export { severities, type FindingKind, type Severity } from './finding-kind.js';

export const findingKinds = {
  ...findingsOfPairs,
  ...findingsOfTransfer,
  ...findingsOfGroups,
  ...findingsOfReplication,
  ...findingsOfIncidents,
  ...findingsOfReplacement,
  ...findingsOfServices,
} as const;

export type FindingId = keyof typeof findingKinds;
