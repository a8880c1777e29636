/** One thing that had gone otherwise. */
import { useSignal } from '@preact/signals';
import type { Course } from '../../incident/course.js';
import { editable, mostAlternatives, type Edit } from '../../incident/what-if.js';
import { whatIfTexts } from '../../texts/what-if.js';
import { utcText } from '../time.js';

type Change = keyof typeof whatIfTexts.changes;

interface Props {
  readonly course: Course;
  readonly edits: readonly Edit[];
  readonly onChange: (edits: readonly Edit[]) => void;
}

export function WhatIfForm({ course, edits, onChange }: Props) {
  const choices = editable(course);
  const first = choices.find(({ type }) => type === 'FailoverInitiated') ?? choices[0];
  const event = useSignal(first?.id ?? '');
  const change = useSignal<Change>('earlier');
  const minutes = useSignal('20');
  const isFull = edits.length >= mostAlternatives;
  if (first === undefined) return null;
  return (
    <form
      class="filters"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        const count = Math.max(0, Math.round(Number(minutes.value)));
        const signed = { earlier: -count, later: count, drop: null }[change.value];
        if (!isFull) onChange([...edits, { event: event.value, minutes: signed }]);
      }}
    >
      <label class="grow">
        <span>{whatIfTexts.event}</span>
        <select
          class="wide"
          value={event.value}
          onChange={(chosen) => {
            event.value = chosen.currentTarget.value;
          }}
        >
          {choices.map(({ id, text, at }) => (
            <option key={id} value={id}>
              {utcText(at)}: {text}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{whatIfTexts.change}</span>
        <select
          value={change.value}
          onChange={(chosen) => {
            change.value = chosen.currentTarget.value as Change;
          }}
        >
          {Object.entries(whatIfTexts.changes).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </label>
      {change.value === 'drop' ? null : (
        <label>
          <span>{whatIfTexts.minutes}</span>
          <input
            type="number"
            min="1"
            max="10000"
            required
            value={minutes.value}
            onInput={(typed) => {
              minutes.value = typed.currentTarget.value;
            }}
          />
        </label>
      )}
      <button type="submit" disabled={isFull}>
        {whatIfTexts.compare}
      </button>
      {edits.length === 0 ? null : (
        <button type="button" onClick={() => onChange([])}>
          {whatIfTexts.clear}
        </button>
      )}
      {isFull ? <p class="quiet">{whatIfTexts.full(mostAlternatives)}</p> : null}
    </form>
  );
}
