/** Which copies tools would have shown or changed otherwise than on record, and from when to when. */
import type { AnswerOf } from '../../../../src/contract/answers.js';
import { kindNames } from '../../texts.js';
import { whatIfTexts } from '../../texts/what-if.js';
import { Because } from '../because.js';
import { Table } from '../table.js';
import { Time } from '../time.js';
import { toolsText } from '../tools-text.js';

type Alternative = AnswerOf<'what-if'>['alternatives'][number];
type InTime = Alternative['visibilityOverTime'][number] | Alternative['editabilityOverTime'][number];

/** Of each kind: the first ones say what changes, the command line has them all. */
const shown = 10;

export function CopiesOverTime({ alternative }: { readonly alternative: Alternative }) {
  const { name, visibilityOverTime, editabilityOverTime } = alternative;
  const { moreVisibilityOverTime = 0, moreEditabilityOverTime = 0 } = alternative;
  const seen = visibilityOverTime.length + moreVisibilityOverTime;
  const changed = editabilityOverTime.length + moreEditabilityOverTime;
  return (
    <details>
      <summary>
        <bdi>{name}</bdi>: {whatIfTexts.copies(seen, changed)}
      </summary>
      <Copies caption={whatIfTexts.shownBy} entries={visibilityOverTime} count={seen} />
      <Copies caption={whatIfTexts.changedWith} entries={editabilityOverTime} count={changed} />
    </details>
  );
}

interface Props {
  readonly caption: string;
  readonly entries: readonly InTime[];
  /** With those that are not listed. */
  readonly count: number;
}

function Copies({ caption, entries, count }: Props) {
  if (entries.length === 0) return null;
  const more = count - Math.min(shown, entries.length);
  return (
    <>
      <Table
        isTitled={false}
        caption={caption}
        columns={[whatIfTexts.copy, whatIfTexts.span, whatIfTexts.recorded, whatIfTexts.otherwise]}
        rows={entries.slice(0, shown).map((entry) => ({
          key: `${entry.parent} ${entry.kind} ${entry.id} ${entry.from}`,
          cells: [
            <>
              <bdi>{entry.name}</bdi>{' '}
              <span class="quiet">
                {kindNames[entry.kind]}, {entry.parent}
              </span>
            </>,
            <>
              <Time at={entry.from} /> {whatIfTexts.until} <Time at={entry.to} />
            </>,
            toolsIn(entry.before),
            <Because key="otherwise" ids={entry.because}>
              {toolsIn(entry.after)}
            </Because>,
          ],
        }))}
      />
      {more > 0 ? <p class="quiet">{whatIfTexts.moreCopies(more)}</p> : null}
    </>
  );
}

const toolsIn = (tools: InTime['before']): string =>
  tools === null ? whatIfTexts.notThere : toolsText(tools);
