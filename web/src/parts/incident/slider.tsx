/** The slider through time: along the axis of the course, and by the arrow keys from mark to mark. */
import type { Course, Mark } from '../../incident/course.js';
import type { Scale } from '../../incident/scale.js';
import { go, isPast } from '../../state/address.js';
import { axis, markAt, urlAfter, urlBefore, urlOfNow } from '../../state/axis.js';
import { incidentTexts } from '../../texts/incident.js';
import { Time, utcText } from '../time.js';

/** Where the slider stands, and how it moves. */
interface Stand {
  /** What was recorded last; null where the moment is now, or before the beginning. */
  readonly current: Mark | null;
  readonly isBefore: boolean;
  readonly show: (mark: Mark | undefined) => void;
  readonly step: (by: 1 | -1) => void;
}

function standIn({ timeline: { marks }, told = null }: Course): Stand {
  const current = markAt(marks, told);
  const index = current === null ? -1 : marks.indexOf(current);
  const show = (mark: Mark | undefined): void => {
    if (mark !== undefined) go(urlAfter(mark), { replace: true });
  };
  const step = (by: 1 | -1): void => {
    if (!isPast.value) {
      if (by === -1) show(marks.at(-1));
      return;
    }
    const next = nextFrom(marks, index, by);
    if (next !== undefined) show(next);
    else if (by === 1) go(urlOfNow(), { replace: true });
    else if (current !== null) go(urlBefore(current), { replace: true });
  };
  return { current, isBefore: isPast.value && current === null, show, step };
}

interface Props {
  readonly course: Course;
  readonly scale: Scale;
}

export function TimeSlider({ course, scale }: Props) {
  const { timeline, from, to } = course;
  const { current, isBefore, show, step } = standIn(course);
  const time = current === null ? (isBefore ? from : to) : Date.parse(current.at);
  return (
    <label class="time-slider">
      <span class="unseen">{incidentTexts.moment}</span>
      <input
        type="range"
        min={0}
        max={Math.round(scale.width)}
        value={Math.round(scale.x(time))}
        aria-valuetext={
          current === null ? (isBefore ? incidentTexts.before : incidentTexts.now) : valueText(current)
        }
        onInput={(event) => {
          const wanted = scale.timeAt(Number(event.currentTarget.value));
          show(timeline.marks.findLast(({ at }) => Date.parse(at) <= wanted) ?? timeline.marks[0]);
        }}
        onKeyDown={(event) => {
          const by = keys[event.key];
          if (by === undefined) return;
          event.preventDefault();
          step(by);
        }}
      />
    </label>
  );
}

export function Stepping({ course }: { readonly course: Course }) {
  const { current, isBefore, step } = standIn(course);
  return (
    <p class="stepping">
      <button type="button" onClick={() => step(-1)}>
        <span aria-hidden="true">◀</span> {incidentTexts.previous}
      </button>{' '}
      <button type="button" onClick={() => step(1)}>
        {incidentTexts.next} <span aria-hidden="true">▶</span>
      </button>{' '}
      <span aria-live="polite">
        {current === null ? (
          <strong>{isBefore ? incidentTexts.before : incidentTexts.now}</strong>
        ) : (
          <>
            <Time at={current.at} />. <bdi>{incidentTexts.momentOf[axis.value](current.text)}</bdi>
          </>
        )}
      </span>
    </p>
  );
}

const keys: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

const valueText = ({ at, text }: Mark): string =>
  `${utcText(at)}: ${incidentTexts.momentOf[axis.value](text)}`;

/** The mark after or before one of another position: marks of one position are one moment. */
function nextFrom(marks: readonly Mark[], index: number, by: 1 | -1): Mark | undefined {
  const position = marks[index]?.position;
  for (let place = index + by; place >= 0 && place < marks.length; place += by) {
    if (marks[place]?.position !== position) return marks[place];
  }
  return undefined;
}
