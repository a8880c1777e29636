/** How long each part of an incident took, who ended it, and whether targets were met. */
import type { Incident } from '../../incident/course.js';
import { incidentTexts, phaseNames } from '../../texts/incident.js';
import { durationText } from '../duration.js';
import { Table } from '../table.js';
import { Time } from '../time.js';

type Phase = Incident['phases'][number];
type Measure = Incident['recoveryTime'];

export function Phases({ phases }: { readonly phases: readonly Phase[] }) {
  return (
    <Table
      caption={incidentTexts.phases}
      columns={[
        incidentTexts.phase,
        incidentTexts.took,
        incidentTexts.from,
        incidentTexts.to,
        incidentTexts.by,
      ]}
      rows={phases.map((phase) => ({
        key: phase.name,
        cells: [
          <PhaseName key="name" phase={phase} />,
          <span key="took" class="unbroken">
            {phase.recordedLate === true ? '–' : lengthText(phase.milliseconds)}
          </span>,
          <Time key="from" at={phase.from} />,
          <End key="to" phase={phase} />,
          <bdi key="by">{phase.by ?? ''}</bdi>,
        ],
      }))}
    />
  );
}

/** One that was recorded late ended nobody knows when: that it was recorded later says nothing of it. */
function End({ phase: { to, recordedLate } }: { readonly phase: Phase }) {
  if (recordedLate === true) return <>–</>;
  return to === null ? <>{incidentTexts.open}</> : <Time at={to} />;
}

function PhaseName({ phase }: { readonly phase: Phase }) {
  const { name, attempts = [], preStaged, back, signedIn, recordedLate } = phase;
  return (
    <>
      {phaseNames[name]}
      {recordedLate === true ? <p class="quiet">{incidentTexts.recordedLate}</p> : null}
      {preStaged === true ? <p class="quiet">{incidentTexts.preStaged}</p> : null}
      {back === undefined || signedIn === undefined ? null : (
        <p class="quiet">{incidentTexts.returned(back, signedIn)}</p>
      )}
      {attempts.length < 2 && attempts[0]?.outcome !== 'failed' ? null : (
        <ul class="plain">
          {attempts.map(({ from, to, outcome, reason }, index) => (
            <li key={from} class={outcome === 'failed' ? 'word-no' : ''}>
              {incidentTexts.attempt(index + 1)} {incidentTexts.outcomes[outcome]}
              {to === null ? null : <> ({durationText(Date.parse(to) - Date.parse(from))})</>}
              {reason === null ? null : (
                <>
                  : <bdi>{reason}</bdi>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export const lengthText = (milliseconds: number | null): string =>
  milliseconds === null ? incidentTexts.unknown : durationText(milliseconds);

export function Targets({ incident: { recoveryTime, recoveryPoint } }: { readonly incident: Incident }) {
  const row = (name: string, hint: string, measure: Measure) => ({
    key: name,
    cells: [
      <>
        {name} <span class="quiet">{hint}</span>
      </>,
      lengthText(measure.milliseconds),
      measure.target === null ? incidentTexts.noTarget : durationText(measure.target),
      <Verdict key="verdict" met={measure.met} />,
    ],
  });
  return (
    <Table
      caption={incidentTexts.targets}
      columns={[incidentTexts.targets, incidentTexts.measured, incidentTexts.target, incidentTexts.verdict]}
      rows={[
        row(incidentTexts.recoveryTime, incidentTexts.recoveryTimeHint, recoveryTime),
        row(incidentTexts.recoveryPoint, incidentTexts.recoveryPointHint, recoveryPoint),
      ]}
    />
  );
}

function Verdict({ met }: { readonly met: boolean | null }) {
  if (met === null) return <>–</>;
  return (
    <strong class={met ? 'word-yes' : 'word-no'}>
      <span aria-hidden="true">{met ? '✓' : '✕'}</span> {met ? incidentTexts.met : incidentTexts.missed}
    </strong>
  );
}
