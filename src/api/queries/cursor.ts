/** Cursors of paged lists: opaque to clients. Inside is a position, or a cursor of the audit trail. */
import { cursorIn, type AuditCursor } from '../../runtime/queries/audit-cursor.js';
import { InvalidRequestError } from '../http/errors.js';

const prefix = 'after:';

export const cursorOf = (text: string): string => Buffer.from(prefix + text).toString('base64url');

/** The position that a page begins after; null for the first page. */
export function afterOf(cursor: string | undefined): bigint | null {
  if (cursor === undefined) return null;
  const { position, readAfter } = auditCursorIn(cursor) ?? notOurs();
  return position === readAfter ? position : notOurs();
}

/** The cursor that a page of an audit trail begins after; null for the first page. */
export function auditCursorIn(cursor: string | undefined): AuditCursor | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  return (text.startsWith(prefix) ? cursorIn(text.slice(prefix.length)) : null) ?? notOurs();
}

function notOurs(): never {
  throw new InvalidRequestError([
    {
      pointer: '/cursor',
      detail: 'is not a cursor of this service; use the `next` of the page before, or leave it out.',
    },
  ]);
}
