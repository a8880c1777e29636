/** New-CsRgsAgentGroup. */
import type { JsonObject } from '../../events/envelope.js';
import {
  choice,
  integer,
  listOf,
  optional,
  shortText,
  sipUri,
  text,
  type Agreement,
  type PropertyTable,
} from './schema.js';

export const agentGroupProperties: PropertyTable = {
  description: optional(text),
  participationPolicy: optional(choice('Informal', 'Formal'), 'Informal'),
  routingMethod: optional(choice('Parallel', 'LongestIdle', 'RoundRobin', 'Serial', 'Attendant'), 'Parallel'),
  /** Seconds. */
  agentAlertTime: optional(integer(10, 600), 20),
  /** In the order in which a serial or round-robin group offers a call. */
  agentsByUri: optional(listOf(sipUri), []),
  distributionGroupAddress: optional(shortText),
};

export const agentGroupAgreements: readonly Agreement[] = [
  {
    holds: (fields: JsonObject) => {
      const agents = fields['agentsByUri'];
      const listed = Array.isArray(agents) && agents.length > 0;
      return !listed || (fields['distributionGroupAddress'] ?? null) === null;
    },
    field: 'distributionGroupAddress',
    detail: 'An agent group lists agentsByUri or names a distributionGroupAddress, not both.',
  },
];

/** Seconds; above it clients reject the call, though the cmdlet takes up to 600. */
export const practicalMaximumOfAgentAlertTime = 180;
