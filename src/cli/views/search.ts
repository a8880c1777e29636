import type { EventAnswer, SearchAnswer } from '../../contract/search.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { orDash, time } from '../output/words.js';
import { legendOf } from './legend.js';

export function searchText({ q, hits, more }: SearchAnswer, io: Io): string {
  if (hits.length === 0) return `Nothing is called "${q}", begins with it or holds it.`;
  const rows = hits.map(({ kind, objectKind, id, name, pool }) => [
    objectKind ?? kind,
    id,
    name,
    orDash(pool),
  ]);
  return [
    table(['what', 'id', 'name', 'pool'], rows, io),
    ...(more ? ['There is more: say more of the name, or ask with a higher --limit.'] : []),
  ].join('\n');
}

export function eventText({ entry, cause, causes, pools }: EventAnswer, io: Io): string {
  const { summary, type, id, position, occurredAt, actor, refused, command, correlationId, because } = entry;
  const line = (one: EventAnswer['entry']): string =>
    `  ${one.position}  ${one.type}  ${one.summary}  (${one.id})`;
  return [
    styled(io, 'bold', summary),
    `  ${refused ? `refused: ${command ?? ''}` : type}, ${actor === null ? 'which follows by the rules' : `by ${actor}`}, ${time(occurredAt)}`,
    `  id ${id}, position ${position}, correlation ${correlationId}`,
    `  in the audit trail of ${pools.join(' and ')}`,
    ...(cause === null ? [] : ['Brought about by', line(cause)]),
    ...(causes.length === 0 ? [] : ['Brought about', ...causes.map(line)]),
    ...legendOf([{ because, inference: null }], io),
  ].join('\n');
}
