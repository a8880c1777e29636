import type { ExportSummary } from '../../../projections/exports/view.js';
import { printedFile } from '../../../policy/files.js';
import type { ExportsAnswer } from '../../contract/exports.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { time } from '../output/words.js';

export function exportsText({ fqdn, exports }: ExportsAnswer, io: Io): string {
  const rows = exports.map((one) => [
    printedOutline(one),
    one.id,
    holds(one),
    findings(one),
    changes(one),
    zip(one),
  ]);
  return [
    `Exports of ${styled(io, 'bold', fqdn)}:`,
    table(['file', 'id', 'holds', 'findings', 'changed', 'zip'], rows, io),
  ].join('\n');
}

/** The file of an export as people are told of it. */
export const printedOutline = ({ id, fileName, occurredAt, file }: Outline): string =>
  printedFile(
    {
      exportId: id,
      fileName,
      writtenAt: file === null ? occurredAt : file.writtenAt,
      addedAt: occurredAt,
      contentHash: file?.contentHash ?? null,
    },
    time,
  );

type Outline = Pick<ExportSummary, 'id' | 'fileName' | 'occurredAt' | 'file'>;

export const holds = ({ counts, owner, file }: Pick<ExportSummary, 'counts' | 'owner' | 'file'>): string =>
  [
    ...Object.entries(counts).map(([kind, number]) => `${number} ${kind}`),
    ...(file === null ? [] : [`${file.audioFiles} audio`]),
    ...(owner === null ? [] : [`only of ${owner}`]),
  ].join('\n');

function findings({ file }: ExportSummary): string {
  if (file === null) return 'reported only';
  const { error, warning, information } = file.findings;
  const counted = (number: number, what: string): string[] => (number === 0 ? [] : [`${number} ${what}`]);
  const lines = [
    ...counted(error, 'errors'),
    ...counted(warning, 'warnings'),
    ...counted(information, 'notes'),
  ];
  return lines.join('\n') || 'none';
}

const zip = ({ kept }: ExportsAnswer['exports'][number]): string =>
  kept === null ? '-' : kept ? 'kept' : 'removed';

function changes({ changes: { created, modified, removed }, file }: ExportSummary): string {
  if (file?.taken === false) return 'nothing: older than the record';
  return file === null ? '-' : `+${created} ~${modified} -${removed}`;
}
