/** Whoever asked for an answer, as far as the work on it is concerned. */
export interface Requester {
  /** Aborted, with a RequesterGoneError, once nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Ends the connection to it: others wait for its place. */
  readonly cut: () => void;
  /** Only whether there would be an answer is asked, as with HEAD: then nothing dear is done for it. */
  readonly bodyless: boolean;
}

/** The reason with which work ends whose requester has gone. */
export class RequesterGoneError extends Error {
  constructor() {
    super('The requester has gone.');
    this.name = 'RequesterGoneError';
  }
}
