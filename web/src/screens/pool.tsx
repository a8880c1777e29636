/** One pool: the document's tables as one, and beside them what they decide. */
import type { AnswerOf } from '../../../src/contract/answers.js';
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

/** The feed of a pool whose place was taken has ended: it has nothing new to tell. */
const hasEnded = (view: AnswerOf<'pool'> | null): boolean => view?.ended !== undefined;

/** Parts that show what agents do and what was refused: the feed of one pool does not tell it. */
const ofEverything = ['agents', 'runbook', 'audit-trail'];

const feedOf = (path: string, part: string): string =>
  ofEverything.includes(part) ? '/v1/live' : `/v1${path}/live`;

export function Pool({ fqdn, part }: Props) {
  const path = pathOfPool(fqdn);
  const pool = useView('pool', `/v1${path}`);
  const { value: view } = pool.value;
  useFeed(isPast.value || view === null ? null : hasEnded(view) ? '/v1/live' : feedOf(path, part));
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
