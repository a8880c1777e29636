/** A card for each pool. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { Link } from '../parts/link.js';
import { pathOfPool } from '../parts/path-of-pool.js';
import { ReplicationState } from '../parts/replication.js';
import { StageOrEnd, Standing } from '../parts/standing.js';
import { WhenShown } from '../parts/states.js';
import { Age, Time } from '../parts/time.js';
import { useView } from '../state/view.js';
import { texts } from '../texts.js';
import { preparationTexts as words } from '../texts/preparation.js';
import { replicationTexts } from '../texts/replication.js';
import { standingTexts, versionNames } from '../texts/standing.js';

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

/** By stage, then by what readiness found, then by name; those that serve no more last. */
function worstFirst(pools: readonly Pool[], readinessOf: ReadonlyMap<string, Readiness>): readonly Pool[] {
  const verdicts = ['critical', 'warnings', 'ready'];
  const rank = ({ fqdn, stage, retired }: Pool): number => {
    if (retired !== undefined) return urgency.length * verdicts.length;
    const verdict = verdicts.indexOf(readinessOf.get(fqdn)?.verdict ?? 'ready');
    return urgency.indexOf(stage) * verdicts.length + verdict;
  };
  return pools.toSorted((one, other) => rank(one) - rank(other) || (one.fqdn < other.fqdn ? -1 : 1));
}

interface CardProps {
  readonly pool: Pool;
  /** Undefined until it is known. */
  readonly readiness: Readiness | undefined;
}

function Card({ pool, readiness }: CardProps) {
  const { fqdn, partner, stage, since, incident, unpaired, retired, version, replication } = pool;
  const { lastExport, openCalls } = pool;
  return (
    <li class={`card card-${retired === undefined ? stage : 'retired'}`}>
      <h2>
        <Link to={pathOfPool(fqdn)}>{fqdn}</Link>
      </h2>
      <p>
        <StageOrEnd pool={pool} />
      </p>
      <Standing pool={pool} />
      <dl>
        <dt>{texts.since}</dt>
        <dd>
          <Time at={retired?.at ?? since} />
        </dd>
        <dt>{texts.partner}</dt>
        <dd>
          {unpaired === undefined ? <Link to={pathOfPool(partner)}>{partner}</Link> : standingTexts.noPair}
        </dd>
        <dt>{texts.incident}</dt>
        <dd>
          {incident === null ? (
            texts.noIncident
          ) : (
            <Link to={`/incidents/${encodeURIComponent(incident)}`}>{incident}</Link>
          )}
        </dd>
        {retired === undefined ? (
          <>
            <dt>{texts.readinessOf[readiness?.question ?? 'if-it-failed-now']}</dt>
            <dd>
              {readiness === undefined ? null : (
                <Link to={`${pathOfPool(fqdn)}/readiness`}>
                  <strong class={`verdict-${readiness.verdict}`}>{words.verdicts[readiness.verdict]}</strong>
                </Link>
              )}
            </dd>
          </>
        ) : null}
        <dt>{texts.lastExport}</dt>
        <dd>
          {lastExport === null ? (
            texts.neverExported
          ) : (
            <Age
              at={lastExport.writtenAt ?? lastExport.occurredAt}
              minutes={readiness?.lastExport?.ageMinutes}
            />
          )}
        </dd>
        {replication === undefined ? null : (
          <>
            <dt>{replicationTexts.title}</dt>
            <dd>
              <ReplicationState entry={replication} />
            </dd>
          </>
        )}
        <dt>{texts.openCalls}</dt>
        <dd>{openCalls}</dd>
        {version === undefined ? null : (
          <>
            <dt>{standingTexts.version}</dt>
            <dd>{versionNames[version]}</dd>
          </>
        )}
      </dl>
    </li>
  );
}
