import { createHash } from 'node:crypto';

/** The id of a pair, whatever the order and case of its pools' names. It is part of stored stream names. */
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
