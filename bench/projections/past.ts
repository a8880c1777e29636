import type { Moment } from '../../src/runtime/moment.js';
import type { Poolkeeper } from '../../src/runtime/poolkeeper.js';
import { Failed, type Result } from '../../src/runtime/result.js';
import { median } from '../report.js';
import { primaryOf, sizes, timeAt } from './big-log.js';
import { quantile, randomFrom, timeOf, type Limit } from './times.js';

const moments = 200;

/** Views as of random moments, half by position and half by time. */
export async function past(poolkeeper: Poolkeeper): Promise<readonly Limit[]> {
  const { pools } = poolkeeper;
  const visibility = await timesOf((fqdn, asOf) => pools.visibility(fqdn, { asOf, minPosition: null }));
  const callStatus = await timesOf((fqdn, asOf) => pools.callStatus(fqdn, { asOf, minPosition: null }));
  const beside = `${moments} random moments`;
  return [
    { what: 'visibility as of, median', measured: median(visibility), unit: 'ms', atMost: 20, beside },
    { what: 'visibility as of, p99', measured: quantile(visibility, 0.99), unit: 'ms', atMost: null, beside },
    { what: 'call-status as of, median', measured: median(callStatus), unit: 'ms', atMost: 250, beside },
    {
      what: 'call-status as of, p99',
      measured: quantile(callStatus, 0.99),
      unit: 'ms',
      atMost: null,
      beside,
    },
  ];
}

async function timesOf(
  ask: (fqdn: string, moment: Moment) => Promise<Result<object>>,
): Promise<readonly number[]> {
  const random = randomFrom(7);
  const times: number[] = [];
  for (let n = 0; n < moments; n += 1) {
    const place = 5_000 + Math.floor(random() * (sizes.events - 5_000));
    const fqdn = primaryOf(Math.floor(random() * sizes.pairs));
    const moment: Moment =
      n % 2 === 0
        ? { kind: 'position', position: BigInt(place) }
        : { kind: 'time', time: timeAt(place).toISOString() };
    times.push(
      await timeOf(async () => {
        const answer = await ask(fqdn, moment);
        if (answer instanceof Failed) throw new Error(`The view was not answered: ${answer.failure.kind}.`);
      }),
    );
  }
  return times;
}
