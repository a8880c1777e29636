/** An incident as one sheet: to read, to print, or to save as PDF. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { endOf, type Incident } from '../incident/course.js';
import { Cost } from '../parts/incident/cost.js';
import { Download } from '../parts/download.js';
import { IncidentFacts } from '../parts/incident/incident-facts.js';
import { Lanes } from '../parts/incident/lanes.js';
import { Legend } from '../parts/incident/legend.js';
import { Corrections } from '../parts/incident/corrections.js';
import { NotHome, Notes, Refusals, StepsTaken } from '../parts/incident/lists.js';
import { lengthText, Phases, Targets } from '../parts/incident/phases.js';
import { Link } from '../parts/link.js';
import { Stage } from '../parts/stage.js';
import { WhenShown } from '../parts/states.js';
import { Table } from '../parts/table.js';
import { Time } from '../parts/time.js';
import { moment, withMore } from '../state/address.js';
import { now } from '../state/clock.js';
import { present } from '../state/present.js';
import { useFeed } from '../state/use-feed.js';
import { useView } from '../state/view.js';
import { incidentTexts, phaseNames } from '../texts/incident.js';
import { reportTexts as words } from '../texts/report.js';
import { pathOfIncident } from './incident.js';

type Report = AnswerOf<'report'>;

export function ReportScreen({ id }: { readonly id: string }) {
  useFeed(null);
  const path = `/v1${pathOfIncident(id)}/report`;
  const report = useView('report', path);
  const file = (format: string): string => withMore(`${path}?format=${format}`, moment.value);
  return (
    <WhenShown of={report.value}>
      {(view) => (
        <article class="sheet">
          <h1>{words.title(view.incident.kind, view.incident.pool)}</h1>
          <p class="commands">
            <button type="button" class="primary" onClick={() => print()}>
              {words.print}
            </button>{' '}
            <Download path={file('html')} fileName={`${id}.html`} label={words.html} />{' '}
            <Download path={file('markdown')} fileName={`${id}.md`} label={words.markdown} />{' '}
            <Link to={pathOfIncident(id)}>{words.back}</Link>
          </p>
          <Sheet view={view} />
        </article>
      )}
    </WhenShown>
  );
}

function Sheet({ view }: { readonly view: Report }) {
  const incident: Incident = { ...view.incident, position: view.position, asOf: view.asOf };
  const { pool, partner, stage, kind } = incident;
  return (
    <>
      <p>
        <Stage stage={stage} /> <span class={`kind kind-${kind}`}>{incidentTexts.kinds[kind]}</span>
      </p>
      <IncidentFacts incident={incident} partner={partner} />
      <Course incident={incident} key={pool} />
      <h2>{incidentTexts.targets}</h2>
      <Targets incident={incident} />
      <h2>{incidentTexts.phases}</h2>
      <Phases phases={incident.phases} />
      <h2>{words.comparison}</h2>
      <Comparison comparison={incident.comparison} />
      <h2>{words.causes}</h2>
      <Cost cutOff={incident.cutOff} />
      <NotHome objects={incident.notHome} />
      <h2>{incidentTexts.refusals}</h2>
      <Refusals refused={incident.refused} />
      <h2>{incidentTexts.notes}</h2>
      <Notes notes={incident.notes} />
      <h2>{incidentTexts.steps}</h2>
      <StepsTaken steps={incident.steps} />
      {view.corrections.length === 0 ? null : (
        <>
          <h2>{words.corrections}</h2>
          <Corrections corrections={view.corrections} more={view.moreCorrections ?? 0} />
        </>
      )}
      <h2>{words.head}</h2>
      <p class="quiet">{words.headHint}</p>
      <dl>
        <dt>{words.position}</dt>
        <dd>{view.head.position}</dd>
        <dt>{incidentTexts.when}</dt>
        <dd>
          <Time at={view.head.recordedAt} />
        </dd>
        <dt>{words.event}</dt>
        <dd>
          {view.head.type} <code>{view.head.eventId}</code>
        </dd>
        <dt>{words.hash}</dt>
        <dd>
          <code>{view.head.hash}</code>
        </dd>
      </dl>
    </>
  );
}

function Course({ incident }: { readonly incident: Incident }) {
  const shown = useView('timeline', `/v1${pathOfIncident(incident.id)}/timeline`);
  return (
    <WhenShown of={shown.value}>
      {(timeline) => (
        <>
          <h2>{incidentTexts.course}</h2>
          <Lanes
            course={{
              incident,
              timeline,
              from: Date.parse(incident.opened),
              to: endOf(incident, present.value ?? now.value),
            }}
            cursor={null}
          >
            {() => null}
          </Lanes>
          <Legend />
        </>
      )}
    </WhenShown>
  );
}

/** Where there is nothing to compare with, its lines are those of the phases. */
function Comparison({ comparison }: { readonly comparison: Incident['comparison'] }) {
  const { lines, lastDrill, lastReal } = comparison;
  if (lastDrill === null && lastReal === null && lines.every(({ target }) => target === null))
    return <p>{words.nothingBeside}</p>;
  const named: Readonly<Record<string, string>> = { ...phaseNames, ...words.points };
  const verdict = (met: boolean | null): string => (met === null ? '–' : met ? words.yes : words.no);
  return (
    <Table
      caption={words.comparison}
      columns={[words.phase, words.took, words.target, words.met, words.lastDrill, words.lastReal]}
      rows={lines.map(({ name, milliseconds, target, met, ...last }) => ({
        key: name,
        cells: [
          named[name] ?? name,
          lengthText(milliseconds),
          target === null ? incidentTexts.noTarget : lengthText(target),
          verdict(met),
          last.lastDrill === null ? '–' : lengthText(last.lastDrill),
          last.lastReal === null ? '–' : lengthText(last.lastReal),
        ],
      }))}
    />
  );
}
