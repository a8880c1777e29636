/** What an incident is, in a few lines. */
import type { ComponentChildren } from 'preact';
import type { Incident } from '../../incident/course.js';
import { incidentTexts } from '../../texts/incident.js';
import { Time } from '../time.js';

interface Props {
  readonly incident: Incident;
  readonly partner: ComponentChildren;
}

export function IncidentFacts({ incident, partner }: Props) {
  const { opened, closed, reason, cutOff } = incident;
  return (
    <dl>
      <dt>{incidentTexts.began}</dt>
      <dd>
        <Time at={opened} />
      </dd>
      <dt>{incidentTexts.ended}</dt>
      <dd>{closed === null ? incidentTexts.open : <Time at={closed} />}</dd>
      <dt>{incidentTexts.partner}</dt>
      <dd>{partner}</dd>
      <dt>{incidentTexts.reason}</dt>
      <dd>
        <bdi>{reason ?? '–'}</bdi>
      </dd>
      <dt>{incidentTexts.cutOff}</dt>
      <dd>{cutOff.total.toLocaleString()}</dd>
    </dl>
  );
}
