/** A reason that nobody gave is absent, in events as in facts. */
export const reasonGiven = (reason: string | undefined): { readonly reason?: string } =>
  reason === undefined ? {} : { reason };
