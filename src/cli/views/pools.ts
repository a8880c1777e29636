import type { PoolAnswer, PoolsAnswer } from '../../contract/pools.js';
import { styled, type Io } from '../io.js';
import { toned } from '../output/tones.js';
import { table } from '../output/table.js';
import { condition, notYetRegistered, orDash, time } from '../output/words.js';

export function poolsText({ pools }: PoolsAnswer, io: Io): string {
  return table(
    ['pool', 'partner', 'site', 'stage', 'since', 'incident', 'database'],
    pools.map((pool) => [
      pool.fqdn,
      pool.partner,
      orDash(pool.site),
      pool.stage,
      time(pool.since),
      orDash(pool.incident) + ofDrill(pool),
      pool.backEndDatabase,
    ]),
    io,
  );
}

/** Said wherever the incident of a pool is. */
export const ofDrill = ({ drill }: { readonly drill?: true }): string => (drill === true ? ' (drill)' : '');

export function poolText(pool: PoolAnswer, io: Io): string {
  if (pool.stage === null) return notYetRegistered(pool);
  return [
    `${styled(io, 'bold', pool.fqdn)} is in stage ${toned(io, pool.stage)} since ${time(pool.since)}`,
    `  partner:              ${pool.partner}`,
    `  site:                 ${orDash(pool.site)}`,
    `  incident:             ${orDash(pool.incident)}${ofDrill(pool)}`,
    `  back-end database:    ${pool.backEndDatabase}`,
    `  readings:             ${condition(pool.readings) || '-'}`,
    `  application settings: ${JSON.stringify(pool.applicationSettings)}`,
    `  because:              ${pool.because.length > 0 ? `the ${pool.because.length} statements ${pool.stage}/*` : `(inferred: ${orDash(pool.inference)})`}`,
  ].join('\n');
}
