/** Every incident, the latest first; drills apart from real ones. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { ChoiceField } from '../parts/filters.js';
import { lengthText } from '../parts/incident/phases.js';
import { Link } from '../parts/link.js';
import { Stage } from '../parts/stage.js';
import { WhenShown } from '../parts/states.js';
import { Table } from '../parts/table.js';
import { Time } from '../parts/time.js';
import { isPast, query, withQuery } from '../state/address.js';
import { useFeed } from '../state/use-feed.js';
import { useView } from '../state/view.js';
import { texts } from '../texts.js';
import { incidentTexts } from '../texts/incident.js';
import { pathOfPool } from '../parts/path-of-pool.js';
import { pathOfIncident } from './incident.js';

type Answer = AnswerOf<'incidents'>;

export function Incidents() {
  useFeed(isPast.value ? null : 'all');
  const asked = new URLSearchParams();
  for (const name of ['kind', 'cursor']) {
    const value = query.value.get(name);
    if (value !== null) asked.set(name, value);
  }
  const incidents = useView('incidents', `/v1/incidents?${asked.toString()}`);
  return (
    <>
      <h1>{incidentTexts.title}</h1>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <ChoiceField name="kind" label={incidentTexts.kind} choices={incidentTexts.kinds} all={texts.all} />
      </form>
      <WhenShown of={incidents.value}>{(view) => <Shown view={view} />}</WhenShown>
    </>
  );
}

function Shown({ view: { incidents, totals, next } }: { readonly view: Answer }) {
  const kinds = ['real', 'drill'] as const;
  return (
    <>
      {kinds.map((kind) => (
        <p key={kind}>
          <strong>{incidentTexts.kinds[kind]}:</strong>{' '}
          {incidentTexts.totals(totals[kind].incidents, totals[kind].open, totals[kind].cutOff)}
        </p>
      ))}
      {incidents.length === 0 ? (
        <p class="note">{query.value.has('kind') ? incidentTexts.noneOfKind : incidentTexts.none}</p>
      ) : (
        <Table
          caption={incidentTexts.title}
          columns={[
            incidentTexts.incident,
            incidentTexts.stage,
            incidentTexts.began,
            incidentTexts.ended,
            incidentTexts.served,
            incidentTexts.cutOff,
          ]}
          rows={incidents.map((incident) => ({
            key: incident.id,
            cells: [
              <>
                <Link to={pathOfIncident(incident.id)}>{incident.id}</Link>{' '}
                <span class={`kind kind-${incident.kind}`}>{incidentTexts.kinds[incident.kind]}</span>
                <br />
                <Link to={pathOfPool(incident.pool)}>{incident.pool}</Link>
              </>,
              <Stage key="stage" stage={incident.stage} />,
              <Time key="began" at={incident.opened} />,
              incident.closed === null ? incidentTexts.open : <Time key="ended" at={incident.closed} />,
              incident.recoveryTime.milliseconds === null
                ? incidentTexts.notServed
                : lengthText(incident.recoveryTime.milliseconds),
              incident.cutOff.total,
            ],
          }))}
        />
      )}
      {next === null ? null : <Link to={withQuery({ cursor: next })}>{incidentTexts.earlier}</Link>}
    </>
  );
}
