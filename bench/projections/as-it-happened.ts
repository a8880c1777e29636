import type { Moment } from '../../src/runtime/moment.js';
import type { Poolkeeper } from '../../src/runtime/poolkeeper.js';
import type { ViewQuery } from '../../src/runtime/queries/query-service.js';
import { Failed } from '../../src/runtime/result.js';
import { median } from '../report.js';
import { primaryOf, sizes, timeAt } from './big-log.js';
import { quantile, randomFrom, timeOf, type Limit } from './times.js';

/** So many questions about a pair are answered without its whole history, which the next one reads. */
const answeredShortly = 4;
const warmQuestions = 8;

/** Views of random moments as they happened, beside the same as they were known. */
export async function asItHappened(poolkeeper: Poolkeeper): Promise<readonly Limit[]> {
  const random = randomFrom(11);
  const moment = (): Moment => {
    const place = 5_000 + Math.floor(random() * (sizes.events - 5_000));
    return { kind: 'time', time: timeAt(place).toISOString() };
  };
  const ask = (pair: number, query: Omit<ViewQuery, 'minPosition'>): Promise<number> =>
    timeOf(async () => {
      const answer = await poolkeeper.pools.callStatus(primaryOf(pair), { ...query, minPosition: null });
      if (answer instanceof Failed) throw new Error(`The view was not answered: ${answer.failure.kind}.`);
    });
  const first: number[] = [];
  const known: number[] = [];
  const cold: number[] = [];
  const next: number[] = [];
  const reading: number[] = [];
  const warm: number[] = [];
  for (let pair = 0; pair < sizes.pairs; pair += 1) {
    first.push(await ask(pair, { asOf: moment() }));
    for (let n = 0; n < 3; n += 1) known.push(await ask(pair, { asOf: moment() }));
    // Nothing of the pair's history has been read before.
    cold.push(await ask(pair, { asOf: null, at: moment() }));
    for (let n = 1; n < answeredShortly; n += 1) next.push(await ask(pair, { asOf: null, at: moment() }));
    reading.push(await ask(pair, { asOf: null, at: moment() }));
    for (let n = 0; n < warmQuestions; n += 1) warm.push(await ask(pair, { asOf: null, at: moment() }));
  }
  const beside = `${Math.round(sizes.events / sizes.pairs)} events a pair; as of: ${median(known).toFixed(1)} ms, the first of a pair ${median(first).toFixed(1)} ms`;
  const row = (what: string, measured: number, atMost: number | null): Limit => ({
    what,
    measured,
    unit: 'ms',
    atMost,
    beside,
  });
  return [
    row('call-status at, first of a pair, median', median(cold), 150),
    row('call-status at, first of a pair, p99', quantile(cold, 0.99), null),
    {
      what: 'call-status at, first of a pair',
      measured: median(cold) / median(known),
      unit: 'x',
      atMost: null,
      beside: 'as of, medians',
    },
    row('call-status at, second to fourth of a pair, median', median(next), null),
    row('call-status at, fifth of a pair, which reads all of its history, median', median(reading), null),
    row('call-status at, from then on, median', median(warm), 20),
    row('call-status at, from then on, p99', quantile(warm, 0.99), null),
  ];
}
