/** Cursors of paged lists: opaque to clients. Inside is a position, or a place in an audit trail and a direction. */
import type { AuditCursor, ReadingDirection } from '../../runtime/queries/audit-cursor.js';
import { InvalidRequestError } from '../http/errors.js';

const prefixes: Readonly<Record<ReadingDirection, string>> = { forward: 'after:', backward: 'until:' };

const directionOfCalls = (isNewest: boolean): ReadingDirection => (isNewest ? 'backward' : 'forward');

/**
 * @param position of the last call on the page, in decimal
 * @param isNewest whether the latest call comes first
 */
export const cursorOfCalls = (position: string, isNewest: boolean): string =>
  encoded(position, directionOfCalls(isNewest));

/** The position beyond which a page of calls begins; null for the first page. */
export function callsAfter(cursor: string | undefined, isNewest: boolean): bigint | null {
  if (cursor === undefined) return null;
  const { direction, position, readFrom } = decoded(cursor) ?? notOurs();
  if (position !== readFrom) notOurs();
  return direction === directionOfCalls(isNewest) ? position : ofOtherOrder();
}

/** @param place at which the last incident on the page began, in decimal: in the log, or in the order of what happened */
export const cursorOfIncidents = (place: string): string =>
  Buffer.from(`opened:${place}`).toString('base64url');

/** The place before which the incidents of a page began; null for the first page. */
export function incidentsBefore(cursor: string | undefined): bigint | null {
  if (cursor === undefined) return null;
  const [, place] = /^opened:(\d{1,45})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return place === undefined ? notOurs() : BigInt(place);
}

export const cursorOfTrail = ({ direction, position, part, readFrom }: AuditCursor): string =>
  encoded(readFrom === position ? String(position) : `${position}.${part}.${readFrom ?? ''}`, direction);

/** The cursor from which a page of an audit trail is read; null for the first page. */
export const trailFrom = (cursor: string | undefined): AuditCursor | null =>
  cursor === undefined ? null : (decoded(cursor) ?? notOurs());

const encoded = (text: string, direction: ReadingDirection): string =>
  Buffer.from(prefixes[direction] + text).toString('base64url');

function decoded(cursor: string): AuditCursor | null {
  const text = Buffer.from(cursor, 'base64url').toString();
  const direction = text.startsWith(prefixes.backward) ? 'backward' : 'forward';
  const [, position, part = '0', readFrom = position] =
    /^(?:after|until):(\d{1,19})(?:\.(\d{1,3})\.(\d{0,19}))?$/.exec(text) ?? [];
  return position === undefined || readFrom === undefined
    ? null
    : {
        direction,
        position: BigInt(position),
        part: Number(part),
        readFrom: readFrom === '' ? null : BigInt(readFrom),
      };
}

function ofOtherOrder(): never {
  throw new InvalidRequestError([
    {
      pointer: '/cursor',
      detail: 'is of a page in the other order; use it with the `order` of that page, or leave it out.',
    },
  ]);
}

function notOurs(): never {
  throw new InvalidRequestError([
    {
      pointer: '/cursor',
      detail: 'is not a cursor of this service; use the `next` of the page before, or leave it out.',
    },
  ]);
}
