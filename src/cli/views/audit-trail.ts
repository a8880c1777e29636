import type { AuditTrailAnswer } from '../../contract/audit-trail.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { time } from '../output/words.js';
import { nextPage } from './paging.js';

export function auditTrailText({ fqdn, entries, next }: AuditTrailAnswer, io: Io): string {
  const rows = entries.map((entry) => [
    `${time(entry.occurredAt)}\n${entry.position}`,
    `${entry.actor ?? '(follows)'}\n${entry.refused ? `refused: ${entry.command ?? ''}` : entry.type}`,
    entry.summary,
    entry.because.join('\n'),
  ]);
  const head = ['happened, position', 'who, what', 'in words', 'because'];
  return [
    `What happened to ${styled(io, 'bold', fqdn)} and its partner`,
    table(head, rows, io),
    ...nextPage(next),
  ].join('\n');
}
