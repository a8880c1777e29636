/** The slider through time: along the axis of the course, and by the arrow keys from entry to entry. */
import { lastAt, type Course, type Entry } from '../../incident/course.js';
import { asOf, go, withQuery } from '../../state/address.js';
import { incidentTexts } from '../../texts/incident.js';
import { Time, utcText } from '../time.js';

const steps = 1000;

export function TimeSlider({ course }: { readonly course: Course }) {
  const { entries, from, to } = course;
  const current = asOf.value === null ? null : lastAt(entries, asOf.value);
  const index = current === null ? -1 : entries.indexOf(current);
  const isBefore = asOf.value !== null && current === null;
  const time = current === null ? (isBefore ? from : to) : Date.parse(current.occurredAt);
  const show = (entry: Entry | undefined): void => {
    if (entry !== undefined) go(withQuery({ asOf: entry.position }), { replace: true });
  };
  const step = (by: 1 | -1): void => {
    if (asOf.value === null) show(by === -1 ? entries.at(-1) : undefined);
    else if (by === 1 && index === entries.length - 1) go(withQuery({ asOf: null }), { replace: true });
    else show(nextFrom(entries, index, by));
  };
  return (
    <div class="time-slider">
      <label>
        <span class="unseen">{incidentTexts.moment}</span>
        <input
          type="range"
          min={0}
          max={steps}
          value={Math.round(((time - from) / Math.max(1, to - from)) * steps)}
          aria-valuetext={current === null ? incidentTexts.now : valueText(current)}
          onInput={(event) => {
            const wanted = from + (Number(event.currentTarget.value) / steps) * (to - from);
            show(entries.findLast(({ occurredAt }) => Date.parse(occurredAt) <= wanted) ?? entries[0]);
          }}
          onKeyDown={(event) => {
            const by = keys[event.key];
            if (by === undefined) return;
            event.preventDefault();
            step(by);
          }}
        />
      </label>
      <p class="stepping">
        <button type="button" onClick={() => step(-1)}>
          ◀ {incidentTexts.previous}
        </button>{' '}
        <button type="button" onClick={() => step(1)}>
          {incidentTexts.next} ▶
        </button>{' '}
        <span aria-live="polite">
          {current === null ? (
            isBefore ? (
              incidentTexts.before
            ) : (
              incidentTexts.now
            )
          ) : (
            <>
              <Time at={current.occurredAt} /> <bdi>{incidentTexts.momentOf(current.summary)}</bdi>
            </>
          )}
        </span>
      </p>
    </div>
  );
}

const keys: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

const valueText = ({ occurredAt, summary }: Entry): string => `${utcText(occurredAt)}: ${summary}`;

/** The entry after or before one of another position: entries of one position are one moment. */
function nextFrom(entries: readonly Entry[], index: number, by: 1 | -1): Entry | undefined {
  const position = entries[index]?.position;
  for (let place = index + by; place >= 0 && place < entries.length; place += by) {
    if (entries[place]?.position !== position) return entries[place];
  }
  return undefined;
}
