/** The formats of a whole audit trail, written a batch of entries at a time. */
import { changeLines } from '../../../../projections/audit-trail/changed.js';
import type { AuditEntry } from '../../../../projections/audit-trail/entry.js';
import { csvRow, jsonCell } from '../../../../text/csv.js';

export const exportFormats = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export type AuditFormat = 'json' | ExportFormat;

interface Form {
  readonly mediaType: string;
  /** Text before the first entry. */
  readonly head: string;
  readonly textOf: (entry: AuditEntry) => string;
}

/** Lists are joined by spaces, which neither ids nor statements hold; data is JSON. */
const columns: Readonly<Record<string, (entry: AuditEntry) => string>> = {
  position: ({ position }) => position,
  id: ({ id }) => id,
  type: ({ type }) => type,
  occurredAt: ({ occurredAt }) => occurredAt,
  recordedAt: ({ recordedAt }) => recordedAt,
  actor: ({ actor }) => actor ?? '',
  command: ({ command }) => command ?? '',
  refused: ({ refused }) => String(refused),
  derived: ({ derived }) => String(derived),
  pool: ({ pool }) => pool ?? '',
  incident: ({ incident }) => incident ?? '',
  summary: ({ summary }) => summary,
  because: ({ because }) => because.join(' '),
  correlationId: ({ correlationId }) => correlationId,
  causationId: ({ causationId }) => causationId,
  commandId: ({ commandId }) => commandId,
  causedBy: ({ causedBy }) => causedBy ?? '',
  causes: ({ causes }) => causes.join(' '),
  stream: ({ stream }) => stream ?? '',
  revision: ({ revision }) => revision ?? '',
  schemaVersion: ({ schemaVersion }) => String(schemaVersion ?? ''),
  data: ({ data }) => jsonCell(data),
  leaf: ({ leaf }) => leaf ?? '',
  changes: ({ changes = [], moreChanges = 0 }) => changeLines(changes, moreChanges),
  retractedBy: ({ retractedBy }) => retractedBy?.event ?? '',
  correctedBy: ({ correctedBy }) => correctedBy?.event ?? '',
};

const forms: Readonly<Record<ExportFormat, Form>> = {
  ndjson: {
    mediaType: 'application/x-ndjson',
    head: '',
    textOf: (entry) => `${JSON.stringify(entry)}\n`,
  },
  csv: {
    mediaType: 'text/csv',
    head: csvRow(Object.keys(columns)),
    textOf: (entry) => csvRow(Object.values(columns).map((cell) => cell(entry))),
  },
};

export const mediaTypeOf = (format: AuditFormat): string =>
  format === 'json' ? 'application/json' : forms[format].mediaType;

export async function* textOf(
  batches: AsyncIterable<readonly AuditEntry[]>,
  format: ExportFormat,
): AsyncGenerator<string, void, undefined> {
  const form = forms[format];
  if (form.head !== '') yield form.head;
  for await (const batch of batches) yield batch.map(form.textOf).join('');
}

/** The format that an Accept header prefers (RFC 9110, 12.5.1); of equals the first, and JSON where it names none. */
export function preferredFormat(accept: string | undefined): AuditFormat {
  const preferences = (accept ?? '')
    .split(',')
    .map((range) => {
      const [mediaType = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return { mediaType, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  for (const { mediaType } of preferences) {
    if (mediaType === '*/*' || mediaType === 'application/*') return 'json';
    const format = (['json', ...exportFormats] as const).find((known) => mediaTypeOf(known) === mediaType);
    if (format !== undefined) return format;
  }
  return 'json';
}
