import { createHash } from 'node:crypto';

/** The id of a pair follows from its pools, in whatever order and case they are named. Stored in stream names. */
export const pairIdOf = (pools: readonly [string, string]): string =>
  createHash('sha256')
    .update(
      pools
        .map((fqdn) => fqdn.toLowerCase())
        .toSorted()
        .join(' '),
    )
    .digest('hex')
    .slice(0, 12);
