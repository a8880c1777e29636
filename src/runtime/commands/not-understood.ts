/** The state behind a decision holds an event that cannot be folded. A decision would be a guess, so there is none. */
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
