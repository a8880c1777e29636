/** What an incident cost: calls that were cut off, by the sentence behind it and by response group. */
import type { Incident } from '../../incident/course.js';
import { useView } from '../../state/view.js';
import { incidentTexts } from '../../texts/incident.js';
import { Table } from '../table.js';

export function Cost({
  cutOff: { total, byStatement, byResponseGroup, order },
}: {
  readonly cutOff: Incident['cutOff'];
}) {
  const reasons = useView('reasons', '/v1/reasons', { isFixed: true });
  const note = order === undefined ? null : <p class="quiet">{incidentTexts.inOrderOfLog}</p>;
  if (total === 0)
    return (
      <>
        <p>{incidentTexts.noCutOff}</p>
        {note}
      </>
    );
  const known = reasons.value.value?.reasons ?? [];
  const statements = Object.entries(byStatement).toSorted(([, one], [, other]) => other - one);
  return (
    <>
      {note}
      <div class="side-by-side">
        <Table
          isTitled={false}
          caption={incidentTexts.byStatement}
          columns={[incidentTexts.statement, incidentTexts.calls]}
          rows={statements.map(([id, calls]) => ({
            key: id,
            cells: [
              <span key="text" class="light">
                {known.find((reason) => reason.id === id)?.text ?? ''} <code>{id}</code>
              </span>,
              calls,
            ],
          }))}
        />
        <Table
          isTitled={false}
          caption={incidentTexts.byGroup}
          columns={[incidentTexts.group, incidentTexts.calls]}
          rows={byResponseGroup.map(({ id, name, owner, calls }) => ({
            key: `${owner} ${id}`,
            cells: [
              <>
                <bdi>{name ?? id}</bdi> <span class="quiet">{owner}</span>
              </>,
              calls,
            ],
          }))}
        />
      </div>
    </>
  );
}
