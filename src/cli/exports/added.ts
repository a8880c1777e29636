import type { AddExportAnswer } from '../../contract/commands.js';
import { styled, type Io } from '../io.js';
import { whenText } from './when.js';

/** Named one by one up to this many; a first export would fill the screen. */
const most = 25;

const verbs: Readonly<Record<string, string>> = {
  ObjectCreated: 'created',
  ObjectModified: 'changed',
  ObjectRemoved: 'removed',
};

/** What an added file changed. */
export function addedText(answer: AddExportAnswer, io: Pick<Io, 'colours'>): string {
  const { stream, revision, position, events, warnings, exportId } = answer;
  const changes = events.filter(({ type }) => type in verbs);
  const counted = Object.entries(verbs).map(([type, verb]) => {
    const number = changes.filter((change) => change.type === type).length;
    return `${number} ${verb}`;
  });
  const listed = changes
    .slice(0, most)
    .map(({ type, data }) => `  ${verbs[type] ?? ''} ${data.kind ?? ''} ${data.name ?? data.id ?? ''}`);
  return [
    events.length === 0
      ? `${styled(io, 'green', 'export add')}: this file is known, nothing was written.`
      : `${styled(io, 'green', 'export add')}: the file is on record; ${counted.join(', ')}.`,
    ...listed,
    ...(changes.length > most ? [`  and ${changes.length - most} more: see export show`] : []),
    `  export id: ${exportId}`,
    `  ${whenText(answer)}`,
    `  ${stream} at revision ${revision}, log at position ${position}`,
    ...warnings.map(({ code, detail }) => `  ${styled(io, 'yellow', 'warning')} ${code}: ${detail}`),
  ].join('\n');
}
