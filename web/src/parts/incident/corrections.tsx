/** What was retracted or corrected of the record of an incident: whoever reads it learns that it was changed. */
import type { AnswerOf } from '../../../../src/contract/answers.js';
import { incidentTexts } from '../../texts/incident.js';
import { reportTexts as words } from '../../texts/report.js';
import { pathOfEvent } from '../audit-entry.js';
import { Link } from '../link.js';
import { Table } from '../table.js';
import { Time } from '../time.js';

interface Props {
  readonly corrections: AnswerOf<'report'>['corrections'];
  /** How many there are beyond those. */
  readonly more: number;
}

export const Corrections = ({ corrections, more }: Props) => (
  <>
    <Table
      caption={words.corrections}
      columns={[words.corrected, words.correctedAt, incidentTexts.by, incidentTexts.why]}
      rows={corrections.map(({ position, event, what, before, after, at, by, why }) => ({
        key: position,
        cells: [
          <>
            <Link to={pathOfEvent(event)}>
              <bdi>{what}</bdi>
            </Link>
            <br />
            {after === null ? (
              <>
                {words.retracted} <Time at={before} />
              </>
            ) : (
              <>
                {words.happened} <Time at={after} />, {words.notAt} <Time at={before} />
              </>
            )}
          </>,
          <Time key="at" at={at} />,
          <bdi key="by">{by}</bdi>,
          <bdi key="why">{why}</bdi>,
        ],
      }))}
    />
    {more > 0 ? <p class="quiet">{words.moreCorrections(more)}</p> : null}
  </>
);
