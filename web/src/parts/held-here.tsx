/** What holds of calls in the column in force, by the readings that were chosen. */
import { matrixTexts as words } from '../texts/matrix.js';
import { Because } from './because.js';
import { newCallText, outcomeText, type Before, type CallRow, type Cell } from './outcome-text.js';
import { Time } from './time.js';

/** What holds here where that is not what the document says of the stage, and what held earlier in it. */
export function HeldHere({ cell, row }: { readonly cell: Cell; readonly row: CallRow | undefined }) {
  if (row === undefined) return null;
  const here = outcomeText(row);
  return (
    <>
      {'before' in row ? <Earlier before={row.before} /> : null}
      {here === outcomeText(cell) ? null : (
        <div class="here">
          <Because ids={row.because} source={row.source}>
            {words.here}: {here}
          </Because>
        </div>
      )}
    </>
  );
}

function Earlier({ before }: { readonly before: Before }) {
  const { at, outcome, because } = before;
  return (
    <div class="here">
      <Because ids={because}>
        {words.before} <Time at={at} />: {newCallText(outcome)}
      </Because>
    </div>
  );
}
