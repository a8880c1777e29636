/** What administrators did, as marks; each leads to its moment. */
import type { Mark } from '../../incident/course.js';
import { grouped, type MarkGroup, type MarkKind } from '../../incident/marks.js';
import type { Scale } from '../../incident/scale.js';
import { go, withQuery } from '../../state/address.js';
import { axis } from '../../state/axis.js';
import { incidentTexts, markNames } from '../../texts/incident.js';
import { utcText } from '../time.js';

export const signs: Readonly<Record<MarkKind, string>> = {
  command: '●',
  refused: '✕',
  note: '✎',
  ticked: '✓',
};

/** Of several marks at one place, the one that is shown. */
const weightiest = ['refused', 'note', 'command', 'ticked'] as const;

export function Marks({ scale, marks }: { readonly scale: Scale; readonly marks: readonly Mark[] }) {
  return (
    <>
      <line class="base" x1={0} x2={scale.width} y1={14} y2={14} />
      {grouped(marks, scale.x).map((group) => (
        <Group key={group.x} group={group} />
      ))}
    </>
  );
}

function Group({ group: { x, marks } }: { readonly group: MarkGroup }) {
  const last = marks.at(-1);
  if (last === undefined) return null;
  const kind = weightiest.find((each) => marks.some((mark) => mark.kind === each)) ?? last.kind;
  const href = withQuery(axis.value === 'at' ? { at: last.at } : { asOf: last.position });
  const text = marks.map(markText).join('\n');
  return (
    <a
      href={href}
      class={`mark mark-${kind}`}
      aria-label={labelOf(marks)}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(href, { replace: true });
      }}
    >
      <title>{text}</title>
      <rect x={x - 12} y={2} width={24} height={24} rx={12} />
      <text x={x} y={19} text-anchor="middle">
        {marks.length === 1 ? signs[kind] : marks.length}
      </text>
    </a>
  );
}

const markText = ({ kind, at, text, by }: Mark): string =>
  `${utcText(at)} ${markNames[kind]}: ${text} (${by})`;

function labelOf(marks: readonly Mark[]): string {
  const [first, ...others] = marks;
  if (first === undefined) return '';
  return others.length === 0
    ? markText(first)
    : `${marks.length}: ${markText(first)} ${incidentTexts.and(others.length)}`;
}
