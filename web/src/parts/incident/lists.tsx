/** What was refused, noted and taken in the course of an incident, and what is not home. */
import type { Incident } from '../../incident/course.js';
import { kindNames } from '../../texts.js';
import { incidentTexts } from '../../texts/incident.js';
import { Table } from '../table.js';
import { Time } from '../time.js';

export function Refusals({ refused }: { readonly refused: Incident['refused'] }) {
  if (refused.length === 0) return <p>{incidentTexts.noRefusals}</p>;
  return (
    <Table
      caption={incidentTexts.refusals}
      columns={[incidentTexts.command, incidentTexts.when, incidentTexts.by, incidentTexts.why]}
      rows={refused.map(({ at, by, command, rule, detail, position }) => ({
        key: position,
        cells: [
          <code key="command">{command}</code>,
          <Time key="at" at={at} />,
          <bdi key="by">{by}</bdi>,
          <>
            <bdi>{detail}</bdi> <code>{rule}</code>
          </>,
        ],
      }))}
    />
  );
}

export function Notes({ notes }: { readonly notes: Incident['notes'] }) {
  if (notes.length === 0) return <p>{incidentTexts.noNotes}</p>;
  return (
    <Table
      caption={incidentTexts.notes}
      columns={[incidentTexts.when, incidentTexts.by, incidentTexts.notes]}
      rows={notes.map(({ at, by, text, position }) => ({
        key: position,
        cells: [<Time key="at" at={at} />, <bdi key="by">{by}</bdi>, <bdi key="text">{text}</bdi>],
      }))}
    />
  );
}

export function StepsTaken({ steps }: { readonly steps: Incident['steps'] }) {
  if (steps.length === 0) return <p>{incidentTexts.noSteps}</p>;
  return (
    <Table
      caption={incidentTexts.steps}
      columns={[incidentTexts.step, incidentTexts.when, incidentTexts.by]}
      rows={steps.map(({ id, title, byHand, done, note }) => ({
        key: id,
        cells: [
          <>
            {title}
            {byHand ? <span class="quiet"> {incidentTexts.byHand}</span> : null}
            {note === null ? null : (
              <p>
                <bdi>{note}</bdi>
              </p>
            )}
          </>,
          done.map(({ occurredAt, position }) => (
            <p key={position}>
              <Time at={occurredAt} />
            </p>
          )),
          <bdi key="by">{[...new Set(done.map(({ actor }) => actor))].join(', ')}</bdi>,
        ],
      }))}
    />
  );
}

export function NotHome({ objects }: { readonly objects: Incident['notHome'] }) {
  if (objects.length === 0) return null;
  return (
    <>
      <h2>{incidentTexts.notHome}</h2>
      <ul>
        {objects.map((found) => (
          <li key={`${found.kind} ${found.id}`}>
            <bdi>{found.name}</bdi>{' '}
            <span class="quiet">
              {(kindNames as Readonly<Record<string, string>>)[found.kind] ?? found.kind}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
