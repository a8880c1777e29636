import { problem, type Reply } from '../reply.js';

/** What a command would be decided on holds an event that cannot be folded: nothing is decided, for that would be a guess. */
export class NotUnderstoodError extends Error {
  constructor(
    readonly stream: string,
    readonly position: bigint,
    reason: string,
  ) {
    super(`The event at position ${position} in "${stream}" is not understood: ${reason}`);
    this.name = 'NotUnderstoodError';
  }
}

export const notUnderstood = ({ stream, position, message }: NotUnderstoodError): Reply =>
  problem(409, 'not-understood', `${message} Nothing was stored.`, {
    title: 'What it would be decided on is not understood',
    stream,
    position: String(position),
  });
