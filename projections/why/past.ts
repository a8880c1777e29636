/** From when an answer has been so: the stages, databases and copies of a pair as they were before. */
import { copyKey, type Copy, type PairFacts, type PoolFacts } from '../../facts/pair.js';
import { backEndDatabaseStates } from '../../events/vocabulary.js';
import { stageChangeOf } from '../../policy/stages.js';
import { gist, judged, type JudgedCopy, type Look } from './judge.js';
import type { Copies } from './find.js';

/** When something was recorded: its position in the log, and its time where the facts have it. */
export interface Since {
  readonly position: bigint;
  readonly occurredAt: string | null;
}

type Side = Pick<PoolFacts, 'stage' | 'backEndDatabase' | 'failoverFrom'>;
type Sides = ReadonlyMap<string, Side>;

/** A copy, or one that was there before, and from when to when. */
interface Spell {
  readonly copy: Copy;
  readonly from: bigint;
  readonly to: Since | null;
}

/** The last moment before which the answer was another. */
export function sinceWhen(pair: PairFacts, copies: Copies, look: Look): Since {
  const spells = [...copies.map(presentOf), ...formerOf(pair, copies)];
  const now = saidOf(judged(pair, copies, look)[0]);
  const changes = changesOf(pair, spells);
  let since = changes.at(-1)?.since ?? { position: 0n, occurredAt: null };
  for (const { since: moment, sides } of changes.toReversed()) {
    const there = spells.filter(
      ({ from, to }) => from <= moment.position && (to === null || to.position > moment.position),
    );
    const [first, ...others] = there.map(({ copy }) => copy);
    const then =
      first === undefined ? '' : saidOf(judged(withSides(pair, sides), [first, ...others], look)[0]);
    if (then !== now) break;
    since = moment;
  }
  return since;
}

const saidOf = (best: JudgedCopy | undefined): string => (best === undefined ? '' : gist(best));

const presentOf = (copy: Copy): Spell => ({ copy, from: copy.hostedSince, to: null });

/** Copies that were removed: from when they were there is not known any more. */
const formerOf = (pair: PairFacts, [known]: Copies): readonly Spell[] =>
  pair.pools.flatMap(({ fqdn: parent }) => {
    const removal = pair.removed.get(copyKey(parent, known.kind, known.id));
    return removal === undefined
      ? []
      : [{ copy: { ...known, parent, ownerRemoved: false }, from: 0n, to: removal }];
  });

interface Change {
  readonly since: Since;
  /** The pools right after it. */
  readonly sides: Sides;
}

/** Every moment at which the answer may have changed, in the order of the log. */
function changesOf(pair: PairFacts, spells: readonly Spell[]): readonly Change[] {
  const times = new Map<bigint, string>();
  for (const { copy, to } of spells) {
    times.set(copy.lastChange.position, copy.lastChange.occurredAt);
    if (to?.occurredAt != null) times.set(to.position, to.occurredAt);
  }
  for (const { position, occurredAt } of pair.incidentLog) times.set(position, occurredAt);
  const ofCopies = spells.flatMap(({ from, to }) => [from, ...(to === null ? [] : [to.position])]);
  const steps = sidesOf(pair);
  const moments = new Set([...ofCopies, ...steps.map(({ position }) => position)]);
  moments.delete(0n);
  return [...moments]
    .toSorted((one, other) => Number(one - other))
    .map((position) => ({
      since: { position, occurredAt: times.get(position) ?? null },
      sides: steps.findLast((step) => step.position <= position)?.sides ?? initialSides(pair),
    }));
}

type LogData = PairFacts['incidentLog'][number]['data'];

const databaseIn = (data: LogData): Side['backEndDatabase'] | null => {
  if ('backEndDatabase' in data) return data.backEndDatabase;
  const state = 'state' in data ? data.state : null;
  return backEndDatabaseStates.find((one) => one === state) ?? null;
};

const initialSides = (pair: PairFacts): Sides =>
  new Map(
    pair.pools.map(({ fqdn }) => [fqdn, { stage: 'normal', backEndDatabase: 'unknown', failoverFrom: null }]),
  );

function sidesOf(pair: PairFacts): readonly { readonly position: bigint; readonly sides: Sides }[] {
  let sides = initialSides(pair);
  return pair.incidentLog.flatMap(({ type, position, data }) => {
    const fqdn = 'pool' in data ? data.pool : null;
    const side = fqdn === null ? undefined : sides.get(fqdn);
    const change = stageChangeOf(type);
    if (fqdn === null || side === undefined || (change === undefined && type !== 'BackEndDatabaseReported'))
      return [];
    const stage =
      change === undefined ? side.stage : change.to === 'back' ? (side.failoverFrom ?? 'normal') : change.to;
    const failoverFrom = type === 'FailoverInitiated' ? side.stage : side.failoverFrom;
    const reported = databaseIn(data);
    sides = new Map([
      ...sides,
      [fqdn, { stage, failoverFrom, backEndDatabase: reported ?? side.backEndDatabase }],
    ]);
    return [{ position, sides }];
  });
}

function withSides(pair: PairFacts, sides: Sides): PairFacts {
  const [first, second] = pair.pools;
  const then = (pool: PoolFacts): PoolFacts => ({ ...pool, ...sides.get(pool.fqdn) });
  return { ...pair, pools: [then(first), then(second)] };
}
