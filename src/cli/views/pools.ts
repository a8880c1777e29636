import type { PoolView } from '../../../projections/lifecycle/view.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { condition, orDash, time } from '../output/words.js';

/** Of a moment before the pair was registered, the stage is null. */
type Pool = Omit<PoolView, 'stage'> & { readonly stage: PoolView['stage'] | null };

export function poolsText(body: string, io: Io): string {
  const { pools } = JSON.parse(body) as { readonly pools: readonly PoolView[] };
  return table(
    ['pool', 'partner', 'site', 'stage', 'since', 'incident', 'database'],
    pools.map((pool) => [
      pool.fqdn,
      pool.partner,
      orDash(pool.site),
      pool.stage,
      time(pool.since),
      orDash(pool.incident),
      pool.backEndDatabase,
    ]),
    io,
  );
}

export function poolText(body: string, io: Io): string {
  const pool = JSON.parse(body) as Pool;
  if (pool.stage === null) return `${pool.fqdn} was not registered at that moment.`;
  return [
    `${styled(io, 'bold', pool.fqdn)} is in stage ${styled(io, 'bold', pool.stage)} since ${time(pool.since)}`,
    `  partner:              ${pool.partner}`,
    `  site:                 ${orDash(pool.site)}`,
    `  incident:             ${orDash(pool.incident)}`,
    `  back-end database:    ${pool.backEndDatabase}`,
    `  readings:             ${condition(pool.readings) || '-'}`,
    `  application settings: ${JSON.stringify(pool.applicationSettings)}`,
    `  because:              ${pool.because.length > 0 ? `the ${pool.because.length} statements ${pool.stage}/*` : `(inferred: ${orDash(pool.inference)})`}`,
  ].join('\n');
}
