/** A card for each pool. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { Link } from '../parts/link.js';
import { Stage } from '../parts/stage.js';
import { WhenShown } from '../parts/states.js';
import { Age, Time } from '../parts/time.js';
import { useView } from '../state/view.js';
import { texts } from '../texts.js';
import { preparationTexts as words } from '../texts/preparation.js';

type Pool = AnswerOf<'pools'>['pools'][number];
type Readiness = AnswerOf<'fleet-readiness'>['pools'][number];

export function Fleet() {
  const pools = useView('pools', '/v1/pools');
  const readiness = useView('fleet-readiness', '/v1/readiness');
  const readinessOf = new Map((readiness.value.value?.pools ?? []).map((one) => [one.fqdn, one]));
  return (
    <>
      <h1>{texts.fleet}</h1>
      <WhenShown of={pools.value}>
        {({ pools: all }) =>
          all.length === 0 ? (
            <div class="note">
              <p>{texts.noPools}</p>
              <p>
                {texts.noPoolsNext} <code>{texts.registerLine}</code>
              </p>
            </div>
          ) : (
            <ul class="cards">
              {worstFirst(all, readinessOf).map((pool) => (
                <Card key={pool.fqdn} pool={pool} readiness={readinessOf.get(pool.fqdn)} />
              ))}
            </ul>
          )
        }
      </WhenShown>
    </>
  );
}

/** The stages that are worst for callers first. */
const urgency: readonly Pool['stage'][] = [
  'outage',
  'failing-over',
  'failing-back',
  'failed-over',
  'failed-back',
  'normal',
];

/** By stage, then by what readiness found, then by name. */
function worstFirst(pools: readonly Pool[], readinessOf: ReadonlyMap<string, Readiness>): readonly Pool[] {
  const verdicts = ['critical', 'warnings', 'ready'];
  const rank = ({ fqdn, stage }: Pool): number => {
    const verdict = verdicts.indexOf(readinessOf.get(fqdn)?.verdict ?? 'ready');
    return urgency.indexOf(stage) * verdicts.length + verdict;
  };
  return pools.toSorted((one, other) => rank(one) - rank(other) || (one.fqdn < other.fqdn ? -1 : 1));
}

export const pathOfPool = (fqdn: string): string => `/pools/${encodeURIComponent(fqdn)}`;

interface CardProps {
  readonly pool: Pool;
  /** Undefined until it is known. */
  readonly readiness: Readiness | undefined;
}

function Card({ pool, readiness }: CardProps) {
  const { fqdn, partner, stage, since, incident, lastExport, openCalls } = pool;
  return (
    <li class={`card card-${stage}`}>
      <h2>
        <Link to={pathOfPool(fqdn)}>{fqdn}</Link>
      </h2>
      <p>
        <Stage stage={stage} />
      </p>
      <dl>
        <dt>{texts.since}</dt>
        <dd>
          <Time at={since} />
        </dd>
        <dt>{texts.partner}</dt>
        <dd>
          <Link to={pathOfPool(partner)}>{partner}</Link>
        </dd>
        <dt>{texts.incident}</dt>
        <dd>
          {incident === null ? (
            texts.noIncident
          ) : (
            <Link to={`/incidents/${encodeURIComponent(incident)}`}>{incident}</Link>
          )}
        </dd>
        <dt>{texts.readinessOf}</dt>
        <dd>
          {readiness === undefined ? null : (
            <Link to={`${pathOfPool(fqdn)}/readiness`}>
              <strong class={`verdict-${readiness.verdict}`}>{words.verdicts[readiness.verdict]}</strong>
            </Link>
          )}
        </dd>
        <dt>{texts.lastExport}</dt>
        <dd>{lastExport === null ? texts.neverExported : <Age at={lastExport.occurredAt} />}</dd>
        <dt>{texts.openCalls}</dt>
        <dd>{openCalls}</dd>
      </dl>
    </li>
  );
}
