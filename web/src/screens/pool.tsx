/** One pool: the document's tables as one, and beside them what they decide. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import type { Followed } from '../api/feed.js';
import { Link } from '../parts/link.js';
import { Matrix } from '../parts/matrix.js';
import { pathOfPool } from '../parts/path-of-pool.js';
import { Replication } from '../parts/replication.js';
import { StageOrEnd, Standing } from '../parts/standing.js';
import { WhenShown } from '../parts/states.js';
import { Tabs } from '../parts/tabs.js';
import { Time } from '../parts/time.js';
import { isPast } from '../state/address.js';
import { useFeed } from '../state/use-feed.js';
import { useView } from '../state/view.js';
import { texts } from '../texts.js';
import { Agents } from './agents.js';
import { AuditOfPool } from './audit.js';
import { Calls } from './calls.js';
import { Objects } from './objects.js';
import { ReadinessOfPool } from './readiness.js';
import { RunbookOfPool } from './runbook.js';
import { auditTexts } from '../texts/audit.js';
import { preparationTexts } from '../texts/preparation.js';
import { versionNames } from '../texts/standing.js';
import { whyTexts } from '../texts/why.js';
import { WhyOfPool } from './why.js';

interface Props {
  readonly fqdn: string;
  /** The part of the screen that is shown. */
  readonly part: string;
}

/** Of a pool whose place was taken nothing new is told. */
const hasEnded = (view: AnswerOf<'pool'> | null): boolean => view?.ended !== undefined;

const partsOfPool = ['', 'objects', 'agents', 'calls', 'runbook', 'readiness', 'audit-trail', 'why'];

/** Parts that show what agents of other pools do, and what was refused. */
const ofEverything = ['agents', 'runbook', 'audit-trail'];

const followedBy = (pool: string, part: string): Followed => (ofEverything.includes(part) ? 'all' : { pool });

export function Pool({ fqdn, part }: Props) {
  const path = pathOfPool(fqdn);
  const pool = useView('pool', `/v1${path}`);
  const { value: view } = pool.value;
  useFeed(isPast.value || view === null ? null : hasEnded(view) ? 'all' : followedBy(fqdn, part));
  return (
    <>
      <h1>{fqdn}</h1>
      <WhenShown of={pool.value}>
        {(view) =>
          view.stage === null ? (
            <p class="note">{texts.nothingYet}</p>
          ) : (
            <>
              <p aria-live="polite">
                <StageOrEnd pool={view} /> {texts.since.toLowerCase()}{' '}
                <Time at={view.retired?.at ?? view.since} />
                {view.version === undefined ? null : (
                  <span class="quiet">, {versionNames[view.version]}</span>
                )}
                {view.incident === null ? null : (
                  <>
                    ,{' '}
                    <Link to={`/incidents/${encodeURIComponent(view.incident)}`}>
                      {texts.incident.toLowerCase()}
                    </Link>
                  </>
                )}
              </p>
              <Standing pool={view} />
              <Replication pool={view} />
              <Tabs
                label={fqdn}
                tabs={[
                  { to: path, name: texts.overview },
                  { to: `${path}/objects`, name: texts.objects },
                  { to: `${path}/agents`, name: texts.agents },
                  { to: `${path}/calls`, name: texts.callsTab },
                  { to: `${path}/runbook`, name: preparationTexts.runbook },
                  { to: `${path}/readiness`, name: preparationTexts.readiness },
                  { to: `${path}/audit-trail`, name: auditTexts.title },
                  { to: `${path}/why`, name: whyTexts.tab },
                ]}
              />
              {part === '' ? <Tables path={path} backEndDatabase={view.backEndDatabase} /> : null}
              {part === 'objects' ? <Objects path={path} /> : null}
              {part === 'agents' ? <Agents path={path} /> : null}
              {part === 'calls' ? <Calls path={path} /> : null}
              {part === 'runbook' ? <RunbookOfPool path={path} /> : null}
              {part === 'readiness' ? <ReadinessOfPool path={path} /> : null}
              {part === 'audit-trail' ? <AuditOfPool path={path} /> : null}
              {part === 'why' ? <WhyOfPool fqdn={fqdn} /> : null}
              {partsOfPool.includes(part) ? null : <p class="note">{texts.notFound}</p>}
            </>
          )
        }
      </WhenShown>
    </>
  );
}

function Tables({ path, backEndDatabase }: { readonly path: string; readonly backEndDatabase: string }) {
  const experience = useView('experience', '/v1/experience', { isFixed: true });
  const deciding = useView('pool-statements', `/v1${path}/statements`);
  const calls = useView('call-status', `/v1${path}/call-status`);
  return (
    <>
      <h2>{texts.matrix}</h2>
      <p class="quiet">{texts.matrixHint}</p>
      <WhenShown of={deciding.value}>
        {(counts) =>
          counts.stage === null ? (
            <p class="note">{texts.nothingYet}</p>
          ) : (
            <WhenShown of={experience.value}>
              {({ stages }) => (
                <Matrix
                  stages={stages}
                  deciding={counts}
                  callRows={calls.value.value?.rows ?? []}
                  backEndDatabase={backEndDatabase}
                />
              )}
            </WhenShown>
          )
        }
      </WhenShown>
    </>
  );
}
