/** Cursors of paged lists: opaque to clients. Inside is a position, or a cursor of the audit trail. */
import type { AuditCursor } from '../../runtime/queries/audit-cursor.js';
import { InvalidRequestError } from '../http/errors.js';

const prefix = 'after:';

/** @param position of the last call on the page, in decimal */
export const cursorOfCalls = (position: string): string => encoded(position);

/** The position after which a page of calls begins; null for the first page. */
export function callsAfter(cursor: string | undefined): bigint | null {
  if (cursor === undefined) return null;
  const { position, readAfter } = decoded(cursor) ?? notOurs();
  return position === readAfter ? position : notOurs();
}

export const cursorOfTrail = ({ position, part, readAfter }: AuditCursor): string =>
  encoded(readAfter === position ? String(position) : `${position}.${part}.${readAfter}`);

/** The cursor after which a page of an audit trail begins; null for the first page. */
export const trailAfter = (cursor: string | undefined): AuditCursor | null =>
  cursor === undefined ? null : (decoded(cursor) ?? notOurs());

const encoded = (text: string): string => Buffer.from(prefix + text).toString('base64url');

function decoded(cursor: string): AuditCursor | null {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, position, part = '0', readAfter = position] =
    /^after:(\d{1,19})(?:\.(\d{1,3})\.(\d{1,19}))?$/.exec(text) ?? [];
  return position === undefined || readAfter === undefined
    ? null
    : { position: BigInt(position), part: Number(part), readAfter: BigInt(readAfter) };
}

function notOurs(): never {
  throw new InvalidRequestError([
    {
      pointer: '/cursor',
      detail: 'is not a cursor of this service; use the `next` of the page before, or leave it out.',
    },
  ]);
}
