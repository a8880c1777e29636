/** The three tables of the document as one: a column for each stage, the one in force raised. */
import type { AnswerOf } from '../../../src/contract/answers.js';
import { rowNames, stageNames, texts, toolNames } from '../texts.js';
import { Because } from './because.js';

type Stages = AnswerOf<'experience'>['stages'];
type Cell = Stages[number]['rows'][number];
type CallStatus = Extract<AnswerOf<'call-status'>, { stage: string }>;

const keyOf = ({ row, when }: { readonly row: string; readonly when: object }): string =>
  `${row} ${JSON.stringify(when)}`;

interface Props {
  readonly stages: Stages;
  readonly status: CallStatus;
  readonly backEndDatabase: string;
}

export function Matrix({ stages, status, backEndDatabase }: Props) {
  const counts = new Map(status.rows.map((row) => [keyOf(row), row.calls]));
  // Of the three states of the database, the one on record.
  const rows = (stages[0]?.rows ?? []).filter(
    ({ when }) => !('backEndDatabase' in when) || when.backEndDatabase === backEndDatabase,
  );
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={texts.matrix}>
      <table class="matrix">
        <caption>{texts.matrixHint}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.whatItIs}</th>
            {stages.map(({ stage }) => (
              <th key={stage} scope="col" class={stage === status.stage ? 'in-force' : ''}>
                {stageNames[stage]}
                {stage === status.stage ? <span class="quiet"> ({texts.inForce})</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <th scope="row">
                {rowNames[row.row]} <span class="quiet">{whenText(row)}</span>
              </th>
              {stages.map(({ stage, rows: cells }) => {
                const cell = cells.find((one) => keyOf(one) === keyOf(row));
                const isInForce = stage === status.stage;
                return (
                  <td key={stage} class={isInForce ? 'in-force' : ''}>
                    {cell === undefined ? null : <Because ids={cell.statements}>{outcomeText(cell)}</Because>}
                    {isInForce && counts.has(keyOf(row)) ? (
                      <p class="count">{texts.calls(counts.get(keyOf(row)) ?? 0)}</p>
                    ) : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function whenText({ when }: Cell): string {
  const parts = Object.entries(when).flatMap(([name, value]: [string, string | boolean]) => {
    if (name === 'backEndDatabase') return [];
    if (name === 'anonymous') return [value === true ? 'anonymous' : 'regular'];
    if (name === 'imported') return [value === true ? 'imported' : 'not imported'];
    return [String(value)];
  });
  return parts.join(', ');
}

function outcomeText(cell: Cell): string {
  if (cell.row === 'configuration') {
    const tools = Object.entries(cell.outcome) as [
      keyof typeof toolNames,
      { view: unknown; modify: boolean },
    ][];
    const shown = tools.filter(([, { view }]) => view !== false);
    if (shown.length === 0) return 'hidden everywhere';
    return shown
      .map(
        ([tool, { view, modify }]) =>
          `${toolNames[tool]}: ${view === 'depends' ? 'depends' : modify ? 'view, edit' : 'view'}`,
      )
      .join('; ');
  }
  if (cell.row === 'agent-console') {
    if (!cell.outcome.displayed) return 'not shown';
    return cell.outcome.signIn ? 'shown, sign-in' : 'shown, no sign-in';
  }
  if (cell.row === 'new-calls') {
    const { outcome } = cell;
    return outcome.call === 'connected' ? `connect to ${outcome.to}` : 'cut off';
  }
  return cell.outcome.replaceAll('-', ' ');
}
