/** What was reported of the replication between a pool and its partner, each direction in a line. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { useView } from '../state/view.js';
import { replicationStateNames, replicationTexts as words } from '../texts/replication.js';
import { pathOfPool } from './path-of-pool.js';
import { Time, TimeAndAge } from './time.js';

type Pool = Extract<AnswerOf<'pool'>, { stage: string }>;
type Entry = NonNullable<Pool['replication']>;

/** Of a pool that is in a pair, both directions; nothing where nothing was reported of either. */
export function Replication({ pool }: { readonly pool: Pool }) {
  const { fqdn, partner, replication, unpaired } = pool;
  const isAsked = replication !== undefined && unpaired === undefined;
  const other = useView('pool', isAsked ? `/v1${pathOfPool(partner)}` : null);
  if (replication === undefined) return null;
  const back = other.value.value?.stage == null ? undefined : other.value.value.replication;
  return (
    <>
      <Direction from={fqdn} to={partner} entry={replication} />
      {back === undefined ? null : <Direction from={partner} to={fqdn} entry={back} />}
    </>
  );
}

interface DirectionProps {
  readonly from: string;
  readonly to: string;
  readonly entry: Entry;
}

function Direction({ from, to, entry }: DirectionProps) {
  return (
    <p class={`standing${isBroken(entry) ? ' standing-stopped' : ''}`}>
      {words.direction(from, to)}: <ReplicationState entry={entry} />. <LastGood entry={entry} />
    </p>
  );
}

/** Said to work, and it does not. */
const isBroken = ({ enabled, state }: Entry): boolean => enabled !== false && state === 'ErrorState';

/** Its switches where they stand in the way, else what the last status check said, and when. */
export function ReplicationState({ entry }: { readonly entry: Entry }) {
  const { enabled, update, seeded, state, reported } = entry;
  const switches = enabled === true && state !== null ? [] : [words.switches[`${enabled}`]];
  const lacks = [
    ...(update === false ? [words.noUpdate] : []),
    ...(seeded === false ? [words.notSeeded] : []),
  ];
  const said = state === null ? words.neverReported : replicationStateNames[state];
  return (
    <>
      {isBroken(entry) ? <span aria-hidden="true">✕ </span> : null}
      {[...switches, ...lacks, said].join(', ')}
      {reported === null ? null : (
        <>
          {' '}
          ({words.reported} <Time at={reported} />)
        </>
      )}
    </>
  );
}

function LastGood({ entry: { lastGood } }: { readonly entry: Entry }) {
  if (lastGood === null) return <>{words.neverGood}</>;
  return (
    <>
      {words.lastGood} <TimeAndAge at={lastGood} />.
    </>
  );
}
