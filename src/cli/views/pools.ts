import type { PoolAnswer, PoolsAnswer } from '../../contract/pools.js';
import { onFrontEnds, wordsOf } from '../../../policy/services.js';
import { styled, type Io } from '../io.js';
import { toned } from '../output/tones.js';
import { table } from '../output/table.js';
import { condition, notYetRegistered, orDash, time } from '../output/words.js';

type Services = Pick<Extract<PoolAnswer, { readonly partner: string }>, 'services'>;

const stoppedIn = ({ services = [] }: Services): NonNullable<Services['services']> =>
  services.filter(({ state }) => state === 'stopped');

/** A line for each service that is on record as stopped. */
function stoppedText(pool: Services): readonly string[] {
  return stoppedIn(pool).map(({ service, frontEnds, since, reason }, index) => {
    const where = frontEnds == null ? '' : ` ${onFrontEnds(frontEnds)}`;
    const why = reason === null ? '' : `: ${reason}`;
    return `  ${(index === 0 ? 'stopped:' : '').padEnd(21)} ${wordsOf(service)}${where} since ${time(since)}${why}`;
  });
}

/** A column where anything is stopped. */
export function poolsText({ pools }: PoolsAnswer, io: Io): string {
  const isAnyStopped = pools.some((pool) => stoppedIn(pool).length > 0);
  return table(
    [
      'pool',
      'partner',
      'site',
      'stage',
      'since',
      'incident',
      'database',
      ...(isAnyStopped ? ['stopped'] : []),
    ],
    pools.map((pool) => [
      pool.fqdn,
      pool.unpaired === undefined ? pool.partner : '-',
      orDash(pool.site),
      endOf(pool)?.word ?? pool.stage,
      time(pool.since),
      orDash(pool.incident) + ofDrill(pool),
      pool.backEndDatabase,
      ...(isAnyStopped
        ? [
            stoppedIn(pool)
              .map(({ service }) => service)
              .join(', ') || '-',
          ]
        : []),
    ]),
    io,
  );
}

/** Said wherever the incident of a pool is. */
export const ofDrill = ({ drill }: { readonly drill?: true }): string => (drill === true ? ' (drill)' : '');

type Endings = Pick<
  Extract<PoolAnswer, { readonly partner: string }>,
  'partner' | 'unpaired' | 'givenUp' | 'retired' | 'ended'
>;

/** How the record of a pool has ended; null of a pool that goes on. */
const endOf = ({ retired, givenUp }: Endings): { readonly word: string; readonly at: string } | null =>
  retired !== undefined
    ? { word: 'retired', at: retired.at }
    : givenUp !== undefined
      ? { word: 'given up', at: givenUp.at }
      : null;

/** What is no longer so of it, a line each. */
function endingsOf(pool: Endings): readonly string[] {
  const { partner, unpaired, ended } = pool;
  const end = endOf(pool);
  return [
    ...(end === null ? [] : [`${end.word} since ${time(end.at)}`]),
    ...(ended === undefined ? [] : [`${ended.replacedBy} took its place at ${time(ended.at)}`]),
    ...(unpaired === undefined
      ? []
      : [
          `in no pair since ${time(unpaired.at)}, before that with ${partner}${unpaired.reason === null ? '' : `: ${unpaired.reason}`}`,
        ]),
  ];
}

const switches = { true: 'switched on', false: 'switched off', null: 'not known whether it is switched on' };

/** What is on record of what the pool owns, and of how it takes in what its partner exports. */
function replicationText(replication: Replication, partner: string): string {
  const { enabled, update, seeded, state, importState, reported, lastGood } = replication;
  return [
    switches[`${enabled}`],
    ...(update === false ? ['the pool lacks the update'] : []),
    ...(seeded === false ? ['what it had before was not seeded'] : []),
    state === null || reported === null ? 'no status was reported' : `${state} as of ${time(reported)}`,
    ...(importState === null ? [] : [`import ${importState}`]),
    lastGood === null ? 'never complete' : `all that it owns is on ${partner} up to ${time(lastGood)}`,
  ].join('; ');
}

type Replication = NonNullable<Extract<PoolAnswer, { readonly partner: string }>['replication']>;

export function poolText(pool: PoolAnswer, io: Io): string {
  if (pool.stage === null) return notYetRegistered(pool);
  return [
    `${styled(io, 'bold', pool.fqdn)} is in stage ${toned(io, pool.stage)} since ${time(pool.since)}`,
    ...endingsOf(pool).map((line) => `  ${line}`),
    `  partner:              ${pool.unpaired === undefined ? pool.partner : '-'}`,
    `  site:                 ${orDash(pool.site)}`,
    `  incident:             ${orDash(pool.incident)}${ofDrill(pool)}`,
    `  back-end database:    ${pool.backEndDatabase}`,
    ...stoppedText(pool),
    ...(pool.version === undefined ? [] : [`  version:              ${pool.version}`]),
    ...(pool.replication === undefined
      ? []
      : [`  replication:          ${replicationText(pool.replication, pool.partner)}`]),
    `  readings:             ${condition(pool.readings) || '-'}`,
    `  application settings: ${JSON.stringify(pool.applicationSettings)}`,
    `  because:              ${pool.because.length > 0 ? `the ${pool.because.length} statements ${pool.stage}/*` : `(inferred: ${orDash(pool.inference)})`}`,
  ].join('\n');
}
