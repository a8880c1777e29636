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
