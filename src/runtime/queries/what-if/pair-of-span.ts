/** In which of the pairs that a pool was in a span lies: a history is that of one pair. */
import { endOfTime } from '../../../../events/places.js';
import type { AskedMoment, Vantage } from '../../moment.js';
import { Failed, invalid } from '../../result.js';
import type { MomentInPair } from '../moments.js';
import type { QueryService } from '../query-service.js';
import type { SpanInPair, WhatIfSpan } from './span.js';

/**
 * Moments by name, position or id are those of the views, and say which pair is meant. Where only times are given, that is the
 * pair in which the pool was when the span begins, or the present one where it goes on until now.
 * @param position what is known up to there
 * @throws StoreUnavailableError
 */
export async function inPairOfSpan(
  service: QueryService,
  fqdn: string,
  { from, to }: WhatIfSpan,
  position: bigint,
): Promise<SpanInPair | Failed> {
  const scope = service.scopeOf(fqdn);
  if (scope instanceof Failed) return scope;
  const located = async (asked: AskedMoment): Promise<MomentInPair> =>
    await service.sights.moments.inItsPair(asked, scope);
  const begin = await located(from);
  const end = to === null ? null : await located(to);
  const span = { from: begin, to: end };
  const meant = [begin, ...(end === null ? [] : [end])].filter(({ asked }) => asked.kind !== 'time');
  const [pairId, other] = new Set(meant.map((one) => one.scope.pairId));
  if (other !== undefined) return ofTwoPairs(fqdn);
  if (pairId != null) return { pairId, ...span };
  const found = service.pairOf(fqdn, from.kind === 'time' && to !== null ? then(from.time, position) : null);
  return found instanceof Failed ? found : { pairId: found.pairId, ...span };
}

const then = (time: string, position: bigint): Vantage => ({
  kind: 'position',
  position,
  happened: { place: endOfTime(time), time },
});

const ofTwoPairs = (fqdn: string): Failed =>
  invalid([
    {
      pointer: '/to',
      detail: `is a moment of another pair that ${fqdn} was in than that of /from, and a span lies in one pair; allowed: a moment of the pair of /from, or a time.`,
    },
  ]);
