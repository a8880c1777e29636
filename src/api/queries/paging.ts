import { Reply } from '../../runtime/reply.js';
import { cursorOf } from './cursor.js';

/** A paged list names its next page by a cursor instead of a position. */
export function withCursor(reply: Reply): Reply {
  const { next } = reply.body;
  return typeof next === 'string'
    ? new Reply(reply.status, { ...reply.body, next: cursorOf(next) }, reply.etag)
    : reply;
}
