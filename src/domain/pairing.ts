/** Decides register-pair. Pools are paired 1:1; a pairing ends with unpair. */
import type { PoolkeeperEvent } from '../../events/registry.js';
import { poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import { openReadings, readingOf, recordedReadings } from '../../policy/readings.js';
import type { PairingCommands, PoolToRegister } from './commands.js';
import { accepted, alreadyHolds, invalid, type Decision, type FieldError } from './decision.js';
import { ErrorList } from './error-list.js';
import type { RegisteredPool } from '../../events/pairing.js';
import { carriedBy, endsByItself, mayBePaired, siteOf, warnOfStrangers, type Arriving } from './arriving.js';
import { into } from '../../policy/json-pointer.js';
import { traitsOf } from '../../policy/stages.js';
import { versions } from '../../policy/versions.js';
import { limits } from '../../policy/limits.js';
import { byServices } from './pair/by-services.js';
import { choiceErrors } from './reading-choice.js';
import { atReportedTime, unreported, type Reported } from './reported-time.js';
import { allowed, evaluateAll, refusedBy, type Ruling } from './rules.js';

export type RegisterPair = PairingCommands['register-pair'];

/** The pair of every paired pool, by its FQDN in lower case. */
export interface Pairings {
  /** The pairs that each pool was ever in, by its FQDN in lower case, the latest last. */
  readonly history: Map<string, readonly string[]>;
  readonly pairs: Map<string, { readonly pairId: string; readonly partner: string }>;
}

export const initialPairings = (): Pairings => ({ pairs: new Map(), history: new Map() });

/** Changes and returns the state it is given, as every fold does. */
export function evolvePairings(pairings: Pairings, event: PoolkeeperEvent): Pairings {
  if (event.type === 'PoolsUnpaired') {
    for (const pool of event.data.pools) {
      const held = pairings.pairs.get(pool.toLowerCase());
      if (held?.pairId === event.data.pairId) pairings.pairs.delete(pool.toLowerCase());
    }
    return pairings;
  }
  if (event.type !== 'PoolsPaired') return pairings;
  const { pairId, pools } = event.data;
  const [first, second] = pools;
  for (const [pool, partner] of [
    [first.toLowerCase(), second],
    [second.toLowerCase(), first],
  ] as const) {
    pairings.pairs.set(pool, { pairId, partner });
    pairings.history.set(pool, [...(pairings.history.get(pool) ?? []), pairId]);
  }
  return pairings;
}

/** Decides for the stream `pairings`: PoolsPaired, after PoolsUnpaired for each pair that ends with it. */
export function decidePairing(
  pairings: Pairings,
  command: RegisterPair,
  pairId: string,
  holders: readonly Arriving[] = [],
): Decision {
  const wrong = registrationErrors(command);
  if (wrong.length > 0) return invalid(wrong);
  const [first, second] = fqdnsOf(command);
  const ruling = pairingIsOneToOne(pairings, first, second, holders);
  if (ruling.outcome !== 'allowed') return ruling;
  const held = pairings.pairs.get(first.toLowerCase());
  if (held?.pairId === pairId) return alreadyHolds(pairId);
  const isNew = [first, second].every((pool) => !pairings.history.has(pool.toLowerCase()));
  const short = isNew ? oneLabelErrors(command) : [];
  if (short.length > 0) return invalid(short);
  return accepted(
    [
      ...holders.filter(endsByItself).map(
        ({
          pair: {
            pairId: id,
            pools: [one, other],
          },
        }) => ({
          type: 'PoolsUnpaired' as const,
          data: { pairId: id, pools: [one.fqdn, other.fqdn] as const },
        }),
      ),
      { type: 'PoolsPaired', data: { pairId, pools: [first, second] } },
    ],
    { subject: pairId },
  );
}

/** Decides for the stream of the pair: PairRegistered. */
export function decidePairRegistration(
  pair: PairFacts | null,
  command: RegisterPair,
  pairId: string,
  reported: Reported = unreported,
  arriving: readonly Arriving[] = [],
): Decision {
  return atReportedTime(
    decideRegistration(pair, command, pairId, arriving),
    { name: 'register-pair', body: command },
    reported,
    { pair: null, pool: null },
  );
}

function decideRegistration(
  pair: PairFacts | null,
  command: RegisterPair,
  pairId: string,
  arriving: readonly Arriving[],
): Decision {
  const wrong = registrationErrors(command);
  if (wrong.length > 0) return invalid(wrong);
  if (pair !== null && pair.ended === null) {
    const ruling = registeredOnce(pair, command);
    if (ruling.outcome !== 'allowed') return ruling;
    const what = `The pair of ${pair.pools.map(({ fqdn }) => fqdn).join(' and ')}`;
    return alreadyHolds(pair.pairId, { what, at: pair.registeredAt });
  }
  const known = new Set(arriving.map((one) => one.pair));
  const ruling = evaluateAll([
    ...arriving.map((one) => () => mayBePaired(one)),
    ...[...known].map((one) => () => byServices(one, publishing)),
  ]);
  if (ruling.outcome !== 'allowed') return ruling;
  const poolNamed = ({ fqdn, site }: PoolToRegister): RegisteredPool => ({
    fqdn,
    site: site ?? siteOf(fqdn, arriving),
  });
  const [first, second] = command.pools;
  const carried = arriving.flatMap((one) => carriedBy(one, pairId));
  const version = command.version ?? arriving[0]?.pair.version?.version;
  const data = {
    pairId,
    pools: [poolNamed(first), poolNamed(second)] as const,
    readings: { ...recordedReadings, ...arriving[0]?.pair.readings, ...command.readings },
    ...(carried.length === 0 ? {} : { carried }),
    ...(version === undefined ? {} : { version }),
  };
  return accepted([{ type: 'PairRegistered', data }], {
    subject: pairId,
    warnings: [...ruling.warnings, ...warnOfStrangers(data.pools, carried)],
  });
}

/** A pairing is published with the topology. */
const publishing = { does: 'the topology with the pair', centralManagement: true } as const;

const fqdnsOf = ({ pools: [first, second] }: RegisterPair): readonly [string, string] => [
  first.fqdn,
  second.fqdn,
];

function registrationErrors(command: RegisterPair): readonly FieldError[] {
  const [first, second] = fqdnsOf(command);
  const errors = new ErrorList();
  if (first.toLowerCase() === second.toLowerCase()) {
    errors.add('/pools/1/fqdn', 'A pool cannot back itself up: name two different pools.');
  }
  for (const [reading, choice] of Object.entries(command.readings ?? {})) {
    const pointer = reading.length <= limits.reading ? into('/readings', reading) : '/readings';
    errors.addAll(choiceErrors(reading, choice, { reading: pointer, choice: pointer }));
  }
  return errors.all;
}

/** A log of before may hold such names, and answers to them; no new pool gets one, for it can never be mended. */
const oneLabelErrors = ({ pools }: RegisterPair): readonly FieldError[] =>
  pools.flatMap(({ fqdn }, index) =>
    fqdn.includes('.')
      ? []
      : [
          {
            pointer: `/pools/${index}/fqdn`,
            detail: `"${fqdn}" is one label, and the name of a pool is fully qualified, such as ${fqdn}.contoso.com: topology, cmdlets and files of exports name it so.`,
          },
        ],
  );

/** @param holders the pools that are in a pair; one of which the partner was given up ends by itself */
export function pairingIsOneToOne(
  pairings: Pairings,
  first: string,
  second: string,
  holders: readonly Arriving[] = [],
): Ruling {
  for (const [pool, other] of [
    [first, second],
    [second, first],
  ] as const) {
    const { partner, pairId } = pairings.pairs.get(pool.toLowerCase()) ?? {};
    if (partner === undefined || partner.toLowerCase() === other.toLowerCase()) continue;
    const holder = holders.find((one) => one.pair.pairId === pairId);
    if (holder !== undefined && endsByItself(holder)) continue;
    const failed = holder === undefined ? undefined : poolOf(holder.pair, partner);
    const standsIn = failed !== undefined && traitsOf(failed.stage).stoodInFor;
    return refusedBy(
      'pairing-is-one-to-one',
      `Pool ${pool} is paired with ${partner} already${standsIn ? ', and stands in for it; if that is lost, a new pool takes its place in this pair' : ''}.`,
      {
        allowed: [
          `register-pair ${pool} ${partner}`,
          ...(standsIn ? [`replace-pool ${partner}`] : [`unpair ${pool}`]),
        ],
      },
    );
  }
  return allowed();
}

/** A repeated registration may leave out fields, but those it gives must match the registered ones. */
export function registeredOnce(pair: PairFacts, command: RegisterPair): Ruling {
  for (const { fqdn, site } of command.pools) {
    const pool = pair.pools.find((candidate) => candidate.fqdn.toLowerCase() === fqdn.toLowerCase());
    if (site !== undefined && pool !== undefined && pool.site !== site) {
      const registered = pool.site === null ? 'without a site' : `with site ${pool.site}`;
      return refusedBy('pair-is-registered', `Pool ${fqdn} is registered ${registered}.`, {
        allowed: [`register-pair ${pair.pools.map((one) => one.fqdn).join(' ')}`],
      });
    }
  }
  const { version } = command;
  if (version !== undefined && pair.version?.version !== version) {
    const known = pair.version === null ? 'no version on record' : versions[pair.version.version].title;
    return refusedBy('pair-is-registered', `The pair is registered with ${known}.`, {
      allowed: ['set-version'],
    });
  }
  for (const { id } of openReadings) {
    const choice = command.readings?.[id];
    const held = readingOf(pair.readings, id);
    if (choice !== undefined && choice !== held) {
      return refusedBy('pair-is-registered', `The pair is registered and reads ${id} as ${held}.`, {
        allowed: ['choose-reading'],
      });
    }
  }
  return allowed();
}
