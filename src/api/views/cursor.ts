/** Cursors of paged lists: opaque to clients, a position inside. */
import { InvalidRequestError } from '../http/errors.js';

const prefix = 'after:';

export const cursorOf = (position: string): string => Buffer.from(prefix + position).toString('base64url');

/** The position that a page begins after; null for the first page. */
export function afterOf(cursor: string | undefined): bigint | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  const position = text.slice(prefix.length);
  if (!text.startsWith(prefix) || !/^\d{1,19}$/.test(position)) {
    throw new InvalidRequestError([
      {
        pointer: '/cursor',
        detail: 'is not a cursor of this service; use the `next` of the page before, or leave it out.',
      },
    ]);
  }
  return BigInt(position);
}
