/** New-CsRgsQueue. */
import { queueCallAction } from './call-actions.js';
import { choice, integer, listOf, optional, reference, text, type PropertyTable } from './schema.js';

export const queueProperties: PropertyTable = {
  description: optional(text),
  /** In the order in which they are searched. A queue without agent groups disconnects calls at once. */
  agentGroupIdList: optional(listOf(reference('agent-group')), []),
  /** Number of calls; null is unlimited. */
  overflowThreshold: optional(integer(0, 1000)),
  overflowCandidate: optional(choice('NewestCall', 'OldestCall'), 'NewestCall'),
  overflowAction: optional(queueCallAction),
  /** Seconds; null is never. */
  timeoutThreshold: optional(integer(10, 65535)),
  timeoutAction: optional(queueCallAction),
};
