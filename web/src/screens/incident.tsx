/** One incident: its course over time, how long its parts took, and what it cost. */
import { endOf, type Course, type Incident } from '../incident/course.js';
import { AtMoment } from '../parts/incident/at-moment.js';
import { Cost } from '../parts/incident/cost.js';
import { IncidentFacts } from '../parts/incident/incident-facts.js';
import { Lanes } from '../parts/incident/lanes.js';
import { Legend } from '../parts/incident/legend.js';
import { NotHome, Notes, Refusals, StepsTaken } from '../parts/incident/lists.js';
import { Phases, Targets } from '../parts/incident/phases.js';
import { Stepping, TimeSlider } from '../parts/incident/slider.js';
import { WhatIf } from '../parts/incident/what-if.js';
import { Link } from '../parts/link.js';
import { Stage } from '../parts/stage.js';
import { WhenShown } from '../parts/states.js';
import { isPast } from '../state/address.js';
import { axis, markAt } from '../state/axis.js';
import { now } from '../state/clock.js';
import { may } from '../state/session.js';
import { useFeed } from '../state/use-feed.js';
import { useView } from '../state/view.js';
import { texts } from '../texts.js';
import { incidentTexts } from '../texts/incident.js';
import { pathOfPool } from '../parts/path-of-pool.js';

export const pathOfIncident = (id: string): string => `/incidents/${encodeURIComponent(id)}`;

export function IncidentScreen({ id }: { readonly id: string }) {
  // Its course is whole, whatever the moment: the slider moves through it. All else is of the moment.
  const incident = useView('incident', `/v1${pathOfIncident(id)}`, { isTimeless: true });
  return (
    <>
      <h1>
        {incident.value.value === null ? incidentTexts.incident : incidentTexts.of(incident.value.value.pool)}
      </h1>
      <WhenShown of={incident.value}>{(view) => <Shown incident={view} />}</WhenShown>
    </>
  );
}

function Shown({ incident }: { readonly incident: Incident }) {
  const { id, pool, closed } = incident;
  useFeed(closed === null ? { pool } : null);
  const then = useView('incident', isPast.value ? `/v1${pathOfIncident(id)}` : null);
  const shown = isPast.value ? then.value.value : incident;
  const isBefore = isPast.value && then.value.problem?.status === 404;
  return (
    <>
      {isBefore ? <p class="note">{incidentTexts.notYet}</p> : null}
      {shown === null || isBefore ? null : <Summary incident={shown} />}
      <ReportLink id={id} />
      <CourseOf incident={incident} told={momentOf(then.value.value)} />
      {shown === null || isBefore ? null : <Parts incident={shown} />}
    </>
  );
}

function Summary({ incident }: { readonly incident: Incident }) {
  const { partner, kind, stage } = incident;
  return (
    <>
      <p aria-live="polite">
        <Stage stage={stage} /> <span class={`kind kind-${kind}`}>{incidentTexts.kinds[kind]}</span>
      </p>
      <IncidentFacts incident={incident} partner={<Link to={pathOfPool(partner)}>{partner}</Link>} />
    </>
  );
}

function Parts({ incident }: { readonly incident: Incident }) {
  return (
    <>
      <h2>{incidentTexts.phases}</h2>
      <Phases phases={incident.phases} />
      <h2>{incidentTexts.targets}</h2>
      <Targets incident={incident} />
      <h2>{incidentTexts.cutOff}</h2>
      <Cost cutOff={incident.cutOff} />
      <NotHome objects={incident.notHome} />
      <h2>{incidentTexts.refusals}</h2>
      <Refusals refused={incident.refused} />
      <h2>{incidentTexts.notes}</h2>
      <Notes notes={incident.notes} />
      <h2>{incidentTexts.steps}</h2>
      <StepsTaken steps={incident.steps} />
    </>
  );
}

/** Where whoever reads may have it. */
function ReportLink({ id }: { readonly id: string }) {
  if (!may('report')) return null;
  return (
    <p>
      <Link class="button" to={`${pathOfIncident(id)}/report`}>
        {incidentTexts.report}
      </Link>{' '}
      <span class="quiet">{incidentTexts.reportHint}</span>
    </p>
  );
}

/** As the service tells the moment of an answer; null where there is none. */
const momentOf = (then: Incident | null): string | null =>
  then === null ? null : axis.value === 'at' ? (then.at ?? null) : then.position;

function CourseOf({ incident, told }: { readonly incident: Incident; readonly told: string | null }) {
  const { id, pool, partner, opened } = incident;
  const shown = useView('timeline', `/v1${pathOfIncident(id)}/timeline`, { isTimeless: true });
  return (
    <section>
      <h2>{incidentTexts.course}</h2>
      <p class="quiet">{incidentTexts.courseHint}</p>
      <WhenShown of={shown.value}>
        {(timeline) => {
          const { marks, hasMoreMarks } = timeline;
          const course: Course = {
            incident,
            timeline,
            from: Date.parse(opened),
            to: endOf(incident, now.value),
            told,
          };
          const current = markAt(marks, told);
          return (
            <>
              <Lanes course={course} cursor={current === null ? null : Date.parse(current.at)}>
                {(scale) => (marks.length === 0 ? null : <TimeSlider course={course} scale={scale} />)}
              </Lanes>
              {marks.length === 0 ? <p>{texts.nothingYet}</p> : <Stepping course={course} />}
              <Legend />
              {hasMoreMarks ? <p class="note">{incidentTexts.onlyFirst}</p> : null}
              <AtMoment pools={[pool, partner]} />
              <WhatIf course={course} />
            </>
          );
        }}
      </WhenShown>
    </section>
  );
}
