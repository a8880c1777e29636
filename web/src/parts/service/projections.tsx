/** Projections with their rebuilds, and the events that they could not fold. */
import type { AnswerOf } from '../../../../src/contract/answers.js';
import { useEffect } from 'preact/hooks';
import { post, remove } from '../../api/client.js';
import { changes } from '../../api/feed.js';
import { may } from '../../state/session.js';
import { useView } from '../../state/view.js';
import { serviceTexts } from '../../texts/service.js';
import { Act } from './act.js';
import { WhenShown } from '../states.js';
import { Time } from '../time.js';

type Projection = AnswerOf<'projections'>['projections'][number];
type DeadLetter = AnswerOf<'dead-letters'>['deadLetters'][number];

/** In milliseconds: how often the progress of a rebuild is asked for. */
const second = 1_000;

export function ProjectionsPart() {
  const projections = useView('projections', '/v1/projections', { isTimeless: true });
  const isRunning = projections.value.value?.projections.some(({ rebuild }) => rebuild.state === 'running');
  useEffect(() => {
    if (isRunning !== true) return;
    const timer = setInterval(() => {
      changes.value += 1;
    }, second);
    return () => clearInterval(timer);
  }, [isRunning]);
  return (
    <section>
      <h2>{serviceTexts.projections}</h2>
      <WhenShown of={projections.value}>
        {({ projections: all }) => (
          <div class="scroll" tabIndex={0} role="region" aria-label={serviceTexts.projections}>
            <table>
              <caption class="unseen">{serviceTexts.projections}</caption>
              <thead>
                <tr>
                  <th scope="col">{serviceTexts.name}</th>
                  <th scope="col">{serviceTexts.version}</th>
                  <th scope="col">{serviceTexts.at}</th>
                  <th scope="col">{serviceTexts.states}</th>
                  <th scope="col">{serviceTexts.parked}</th>
                  <th scope="col">{serviceTexts.rebuild}</th>
                </tr>
              </thead>
              <tbody>
                {all.map((projection) => (
                  <ProjectionRow key={projection.name} projection={projection} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </WhenShown>
    </section>
  );
}

const pathOfRebuild = (name: string): string => `/v1/projections/${encodeURIComponent(name)}/rebuild`;

function ProjectionRow({ projection }: { readonly projection: Projection }) {
  const { name, version, staleVersion, position, partitions, parked, rebuild } = projection;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {version}
        {staleVersion === null ? null : <p class="quiet">{serviceTexts.earlier(staleVersion)}</p>}
      </td>
      <td class="number">{position}</td>
      <td class="number">{partitions}</td>
      <td class={parked === 0 ? 'number' : 'number word-no'}>{parked}</td>
      <td>
        {serviceTexts.rebuilds[rebuild.state]}{' '}
        {rebuild.state === 'running' ? <Progress name={name} rebuild={rebuild} /> : null}
        {rebuild.endedAt === null ? null : (
          <>
            {' '}
            <Time at={rebuild.endedAt} />
          </>
        )}
        {rebuild.error === null ? null : <p class="word-no">{rebuild.error}</p>}
        {rebuild.state !== 'running' && may('rebuild') ? (
          <Act
            label={serviceTexts.startRebuild}
            meaning={serviceTexts.rebuildMeans(name)}
            run={() => post(pathOfRebuild(name), {})}
          />
        ) : null}
        {rebuild.state === 'running' && may('abort-rebuild') ? (
          <Act
            label={serviceTexts.abortRebuild}
            meaning={serviceTexts.abortMeans}
            run={() => remove(pathOfRebuild(name))}
          />
        ) : null}
      </td>
    </tr>
  );
}

function Progress({ name, rebuild }: { readonly name: string; readonly rebuild: Projection['rebuild'] }) {
  const { from, position, target, eventsPerSecond } = rebuild;
  return (
    <>
      {' '}
      <progress
        aria-label={serviceTexts.rebuildProgress(name)}
        value={Number(position) - Number(from)}
        max={Math.max(1, Number(target) - Number(from))}
      />
      {eventsPerSecond === null ? null : (
        <span class="quiet"> {serviceTexts.eventsASecond(eventsPerSecond)}</span>
      )}
    </>
  );
}

export function DeadLettersPart() {
  const letters = useView('dead-letters', '/v1/dead-letters', { isTimeless: true });
  return (
    <section>
      <h2>{serviceTexts.deadLetters}</h2>
      <WhenShown of={letters.value}>
        {({ deadLetters }) =>
          deadLetters.length === 0 ? (
            <p>{serviceTexts.noDeadLetters}</p>
          ) : (
            <DeadLetters letters={deadLetters} />
          )
        }
      </WhenShown>
    </section>
  );
}

function DeadLetters({ letters }: { readonly letters: readonly DeadLetter[] }) {
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={serviceTexts.deadLetters}>
        <table>
          <caption class="unseen">{serviceTexts.deadLetters}</caption>
          <thead>
            <tr>
              <th scope="col">{serviceTexts.event}</th>
              <th scope="col">{serviceTexts.projection}</th>
              <th scope="col">{serviceTexts.error}</th>
              <th scope="col">{serviceTexts.attempts}</th>
              <th scope="col">{serviceTexts.since}</th>
              <th scope="col">{serviceTexts.decide}</th>
            </tr>
          </thead>
          <tbody>
            {letters.map(({ id, event, projection, error, attempts, since }) => (
              <tr key={id}>
                <th scope="row">
                  {event.type} {serviceTexts.position(event.position)}
                  <br />
                  <code>{id}</code>
                </th>
                <td>{projection}</td>
                <td>{error}</td>
                <td class="number">{attempts}</td>
                <td>
                  <Time at={since} />
                </td>
                <td>
                  <Decide id={id} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Decide({ id }: { readonly id: string }) {
  if (!may('retry-dead-letter') || !may('discard-dead-letter'))
    return <span class="quiet">{serviceTexts.administratorsDecide}</span>;
  const path = `/v1/dead-letters/${encodeURIComponent(id)}`;
  return (
    <>
      <Act
        label={serviceTexts.retry}
        meaning={serviceTexts.retryMeans}
        run={() => post(`${path}/retry`, {})}
      />{' '}
      <Act
        label={serviceTexts.discard}
        meaning={serviceTexts.discardMeans}
        reason={serviceTexts.discardReason}
        run={(reason) => post(`${path}/discard`, { reason })}
      />
    </>
  );
}
