import type { AuditTrailAnswer } from '../../contract/audit-trail.js';
import type { Query } from '../client.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { time } from '../output/words.js';
import { legendOf } from './legend.js';
import { inOtherPairs, nextPage, previousPage } from './paging.js';

/** Milliseconds: what is recorded later than this was reported afterwards. */
const atOnce = 60_000;

export function auditTrailText(
  { fqdn, entries, next, previous, ...more }: AuditTrailAnswer,
  io: Io,
  query: Query,
): string {
  const rows = entries.map((entry) => [
    [time(entry.occurredAt), ...recordedLater(entry), entry.position].join('\n'),
    `${entry.actor ?? '(follows)'}\n${entry.refused ? `refused: ${entry.command ?? ''}` : entry.type}`,
    inWords(entry, io),
    entry.because.join('\n'),
  ]);
  const head = ['happened, position', 'who, what', 'in words', 'because'];
  return [
    `What happened to ${styled(io, 'bold', fqdn)} and its partner${query['order'] === 'newest' ? ', the newest first' : ''}`,
    table(head, rows, io),
    ...legendOf(
      entries.map(({ because }) => ({ because, inference: null })),
      io,
    ),
    ...previousPage(previous, query),
    ...nextPage(next),
    ...inOtherPairs(more),
  ].join('\n');
}

/** What was retracted is struck through, or said to be where nothing can be. */
function inWords(entry: AuditTrailAnswer['entries'][number], io: Pick<Io, 'colours'>): string {
  const { summary, retractedBy, correctedBy } = entry;
  const note = retractedBy ?? correctedBy;
  if (note === undefined) return summary;
  const to = note.occurredAt === undefined ? '' : ` to ${time(note.occurredAt)}`;
  const how = retractedBy === undefined ? `time corrected${to}` : 'retracted';
  const said = retractedBy === undefined ? summary : styled(io, 'strikethrough', summary);
  return `${said}\n${how} by ${note.by}, ${time(note.at)}: ${note.reason}`;
}

/** When it was recorded, where that was not at once. */
function recordedLater({ occurredAt, recordedAt }: AuditTrailAnswer['entries'][number]): readonly string[] {
  const isLate = Math.abs(Date.parse(recordedAt) - Date.parse(occurredAt)) > atOnce;
  return isLate ? [`recorded ${time(recordedAt)}`] : [];
}
