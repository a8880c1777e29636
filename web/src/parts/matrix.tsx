/** The three tables of the document as one: a column for each stage, the one in force raised. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { AnswerOf } from '../../../src/contract/answers.js';
import { matrixTexts as words } from '../texts/matrix.js';
import { rowNames, stageNames, texts } from '../texts.js';
import { Because } from './because.js';
import { HeldHere } from './held-here.js';
import { outcomeText, whenText, type CallRow, type Cell } from './outcome-text.js';
import { stageMarks } from './stage.js';

type Stages = AnswerOf<'experience'>['stages'];
type Deciding = Extract<AnswerOf<'pool-statements'>, { stage: string }>;
type Counts = Deciding['cells'][number];

const keyOf = ({ row, when }: { readonly row: string; readonly when: object }): string =>
  `${row} ${JSON.stringify(when)}`;

interface Props {
  readonly stages: Stages;
  readonly deciding: Deciding;
  /** The column in force as it holds here, by the readings that were chosen. */
  readonly callRows: readonly CallRow[];
  readonly backEndDatabase: string;
}

export function Matrix({ stages, deciding, callRows, backEndDatabase }: Props) {
  const counts = new Map(deciding.cells.map((cell) => [keyOf(cell), cell]));
  const held = new Map(callRows.map((row) => [keyOf(row), row]));
  const rows = (stages[0]?.rows ?? []).filter((row) => isShown(row, counts, backEndDatabase));
  const inForce = useRef<HTMLTableCellElement>(null);
  useLayoutEffect(() => {
    // On a narrow screen the column in force would be out of sight.
    const heading = inForce.current;
    const table = heading?.closest('.scroll');
    const first = heading?.parentElement?.firstElementChild;
    if (heading && table && first instanceof HTMLElement)
      table.scrollLeft = heading.offsetLeft - first.offsetWidth;
  }, [deciding.stage]);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={texts.matrix}>
      <table class="matrix">
        <caption class="unseen">{texts.matrix}</caption>
        <thead>
          <tr>
            <th scope="col">{words.about}</th>
            {stages.map(({ stage }) => {
              const isInForce = stage === deciding.stage;
              return (
                <th
                  key={stage}
                  scope="col"
                  class={isInForce ? 'in-force' : ''}
                  ref={isInForce ? inForce : null}
                >
                  <span aria-hidden="true">{stageMarks[stage]}</span> {stageNames[stage]}
                  {isInForce ? <span class="tag">{texts.inForce}</span> : null}
                </th>
              );
            })}
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
                const isInForce = stage === deciding.stage;
                return (
                  <td key={stage} class={isInForce ? 'in-force' : ''}>
                    {cell === undefined ? null : <Because ids={cell.statements}>{outcomeText(cell)}</Because>}
                    {isInForce && cell !== undefined ? (
                      <HeldHere cell={cell} row={held.get(keyOf(row))} />
                    ) : null}
                    {isInForce ? <Decides counts={counts.get(keyOf(row))} /> : null}
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

/** Of the states of the database that which is on record: of the copies that there are, else of the pool. */
function isShown(row: Cell, counts: ReadonlyMap<string, Counts>, backEndDatabase: string): boolean {
  if (row.row !== 'configuration') return true;
  const { ownership, backEndDatabase: state } = row.when;
  const spokenOf = [...counts.values()].flatMap((cell) =>
    cell.row === 'configuration' && cell.when.ownership === ownership && cell.objects > 0
      ? [cell.when.backEndDatabase]
      : [],
  );
  return spokenOf.length === 0 ? state === backEndDatabase : spokenOf.includes(state);
}

function Decides({ counts }: { readonly counts: Counts | undefined }) {
  if (counts === undefined) return null;
  const { calls, agents, objects } = counts;
  const parts = [
    ...(calls === 0 ? [] : [texts.calls(calls)]),
    ...(objects === 0 ? [] : [words.objects(counts.row, objects)]),
    ...(agents === 0 ? [] : [words.agents(agents)]),
  ];
  return parts.length === 0 ? <p class="quiet">{words.nothing}</p> : <p class="count">{parts.join(', ')}</p>;
}
