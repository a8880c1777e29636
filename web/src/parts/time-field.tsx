/** A moment that somebody knows, in the zone of the reader. */
import { zoneOf } from './time.js';

interface Props {
  readonly label: string;
  /** RFC 3339, or empty: what stands there at first. */
  readonly value: string;
  /** RFC 3339, UTC; empty while it is no whole time. */
  readonly onChange: (value: string) => void;
}

export function TimeField({ label, value, onChange }: Props) {
  const zone = zoneOf(value === '' ? new Date() : new Date(value));
  return (
    <label>
      <span>
        {label} ({zone})
      </span>
      <input
        type="datetime-local"
        step={1}
        defaultValue={value === '' ? '' : localText(value)}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          onChange(typed === '' ? '' : new Date(typed).toISOString());
        }}
      />
    </label>
  );
}

/** `2026-11-17T09:20:00`, as the clock of the reader shows it. */
function localText(time: string): string {
  const moment = new Date(time);
  const asUtc = moment.getTime() - moment.getTimezoneOffset() * 60_000;
  return new Date(asUtc).toISOString().slice(0, 19);
}
