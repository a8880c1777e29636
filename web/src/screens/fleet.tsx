/** A card for each pool. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { Link } from '../parts/link.js';
import { Stage } from '../parts/stage.js';
import { WhenShown } from '../parts/states.js';
import { Age, Time } from '../parts/time.js';
import { useView } from '../state/view.js';
import { texts } from '../texts.js';

type Pool = AnswerOf<'pools'>['pools'][number];

export function Fleet() {
  const pools = useView('pools', '/v1/pools');
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
              {all.map((pool) => (
                <Card key={pool.fqdn} pool={pool} />
              ))}
            </ul>
          )
        }
      </WhenShown>
    </>
  );
}

export const pathOfPool = (fqdn: string): string => `/pools/${encodeURIComponent(fqdn)}`;

function Card({ pool }: { readonly pool: Pool }) {
  const { fqdn, partner, stage, since, incident } = pool;
  const base = `/v1${pathOfPool(fqdn)}`;
  const readiness = useView('readiness', `${base}/readiness`);
  const calls = useView('call-status', `${base}/call-status`);
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
          <WhenShown of={readiness.value}>
            {(view) => (view.stage === null ? texts.nothingYet : <Verdict view={view} />)}
          </WhenShown>
        </dd>
        <dt>{texts.lastExport}</dt>
        <dd>
          <LastExport readiness={readiness.value.value} />
        </dd>
        <dt>{texts.openCalls}</dt>
        <dd>
          <WhenShown of={calls.value}>
            {(view) =>
              view.stage === null ? texts.nothingYet : view.totals.inProgress + view.totals.connected
            }
          </WhenShown>
        </dd>
      </dl>
    </li>
  );
}

type Readiness = AnswerOf<'readiness'>;

function Verdict({ view }: { readonly view: Extract<Readiness, { stage: string }> }) {
  const { verdict, findings } = view;
  return (
    <span class={`verdict verdict-${verdict}`}>
      {verdict}, {findings.length === 1 ? '1 finding' : `${findings.length} findings`}
    </span>
  );
}

function LastExport({ readiness }: { readonly readiness: Readiness | null }) {
  if (readiness === null || readiness.stage === null) return null;
  return readiness.lastExport === null ? (
    <>{texts.neverExported}</>
  ) : (
    <Age at={readiness.lastExport.occurredAt} />
  );
}
