/** The last of a pool whose place another took: what its views answer from then on. */
import type { Staleness } from '../../contract/words.js';
import type { Vantage } from '../moment.js';
import { unknown, type Failed } from '../result.js';
import type { endOf } from '../projections/state/directory.js';

export type EndOfPool = NonNullable<ReturnType<typeof endOf>>;

/** Right before its place was taken, by what was known then. */
export const lastOf = ({ until }: EndOfPool, at: Vantage | null): Vantage => ({
  ...at,
  kind: 'position',
  position: until - 1n,
});

/** Nothing happens to it any more. */
export const noLongerLive = (fqdn: string, { replaced }: EndOfPool): Failed =>
  unknown([
    {
      pointer: '/fqdn',
      detail: `${replaced.by} took the place of ${fqdn} as of ${replaced.at}: listen to ${replaced.by}. What was known of ${fqdn} is in its views.`,
    },
  ]);

/** Nothing of a pool that stands. */
export const endedIn = (end: EndOfPool | null): Pick<Staleness, 'ended'> =>
  end === null
    ? {}
    : { ended: { position: String(end.until), at: end.replaced.at, replacedBy: end.replaced.by } };
