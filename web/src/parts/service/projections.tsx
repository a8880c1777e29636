/** Projections with their rebuilds, and the events that they could not fold. */
import type { AnswerOf } from '../../../../src/contract/answers.js';
import { useView } from '../../state/view.js';
import { serviceTexts } from '../../texts/service.js';
import { WhenShown } from '../states.js';
import { Time } from '../time.js';

type Projection = AnswerOf<'projections'>['projections'][number];
type DeadLetter = AnswerOf<'dead-letters'>['deadLetters'][number];

export function ProjectionsPart() {
  const projections = useView('projections', '/v1/projections', { isTimeless: true });
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
        {serviceTexts.rebuilds[rebuild.state]}
        {rebuild.state === 'running' ? <Progress name={name} rebuild={rebuild} /> : null}
        {rebuild.endedAt === null ? null : (
          <>
            {' '}
            <Time at={rebuild.endedAt} />
          </>
        )}
        {rebuild.error === null ? null : <p class="word-no">{rebuild.error}</p>}
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
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        {serviceTexts.deadLetterNext} <code>poolkeeper dead-letters retry {letters[0]?.id}</code>
      </p>
    </>
  );
}
