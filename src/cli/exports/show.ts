import { differenceText } from '../../../policy/differences/text.js';
import type { ExportAnswer } from '../../contract/exports.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { time } from '../output/words.js';
import { holds, printedOutline } from './list.js';
import { whenText } from './when.js';

export function exportText(view: ExportAnswer, io: Io): string {
  const { fqdn, id, filePath, actor, file, objects, audio, findings, changes, imports, kept } = view;
  const missing = audio.filter(({ bytes }) => bytes === null).map(({ originalFileName }) => originalFileName);
  const section = (title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
    rows.length === 0 ? [] : [styled(io, 'bold', title), table(head, rows, io)];
  return [
    `Export ${styled(io, 'bold', printedOutline(view))} of ${fqdn} by ${actor}, id ${id}:`,
    ...(filePath === null ? [] : [`  its path: ${filePath}`]),
    `  ${holds(view).replaceAll('\n', ', ')}`,
    ...(file === null
      ? ['  it was reported; its file was not read']
      : [
          `  ${file.bytes.toLocaleString('en-US')} bytes, SHA-256 ${file.contentHash}`,
          ...(kept === null ? [] : [kept ? '  its zip is kept' : '  its zip is not kept any more']),
          `  ${whenText(file)}`,
          `  application settings: ${file.holdsSettings ? 'in the file' : 'not in the file'}`,
        ]),
    ...(missing.length === 0 ? [] : [`  audio files that are missing: ${missing.join(', ')}`]),
    ...section(
      'findings',
      ['severity', 'what', 'where', 'object', 'detail'],
      findings.map((finding) => [
        finding.severity,
        finding.code,
        [finding.entry?.split('/').at(-1), finding.line].filter((part) => part != null).join(':'),
        [finding.kind, finding.id, finding.property].filter((part) => part !== null).join('\n'),
        finding.detail,
      ]),
    ),
    ...section(
      'changed by it',
      ['change', 'kind', 'name', 'before → after'],
      changes.map(({ change, kind, name, differences }) => [
        change,
        kind,
        name,
        differences.map(differenceText).join('\n'),
      ]),
    ),
    ...section(
      'holds',
      ['kind', 'name', 'id', 'owner'],
      objects.map(({ kind, name, id: object, owner }) => [kind, name, object, owner]),
    ),
    ...imports.map(
      (one) => `imported into ${one.destination}, ${time(one.occurredAt)} (position ${one.position})`,
    ),
  ].join('\n');
}
