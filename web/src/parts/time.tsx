import { isPast } from '../state/address.js';
import { present } from '../state/present.js';

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const zone = new Intl.DateTimeFormat(undefined, { timeZoneName: 'short' });

/** Its short name, such as `CET`. */
export const zoneOf = (moment: Date): string =>
  zone.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';

export const utcText = (time: string): string => `${time.slice(0, 19).replace('T', ' ')} UTC`;

/** In the zone of the reader, with UTC beside it. */
export function Time({ at }: { readonly at: string }) {
  const moment = new Date(at);
  if (moment.getTimezoneOffset() === 0)
    return (
      <time dateTime={at} class="unbroken">
        {utcText(at)}
      </time>
    );
  return (
    <time dateTime={at}>
      <span class="unbroken local">
        {local.format(moment)} {zoneOf(moment)}
      </span>{' '}
      <span class="unbroken quiet">
        <span class="local">(</span>
        {utcText(at)}
        <span class="local">)</span>
      </span>
    </time>
  );
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

interface AgeProps {
  readonly at: string;
  /** As the service counts it at the moment that is shown. */
  readonly minutes?: number | undefined;
}

/** Milliseconds at the moment that is shown; null where nobody knows when that was. */
function ageOf({ at, minutes }: AgeProps): number | null {
  if (isPast.value && minutes !== undefined) return minutes * 60_000;
  return present.value === null ? null : present.value - Date.parse(at);
}

/** `3 hours ago`, counted from the moment that is shown; the time itself where nobody knows when that was. */
export function Age(props: AgeProps) {
  const age = ageOf(props);
  if (age === null) return <Time at={props.at} />;
  const [unit, length] = units.find(([, each]) => Math.abs(age) >= each) ?? (['minute', 60_000] as const);
  return (
    <time dateTime={props.at} title={utcText(props.at)}>
      {relative.format(-Math.round(age / length), unit)}
    </time>
  );
}

/** A time with its age, where that is known. */
export function TimeAndAge(props: AgeProps) {
  return (
    <>
      <Time at={props.at} />
      {ageOf(props) === null ? null : (
        <>
          {' '}
          (<Age {...props} />)
        </>
      )}
    </>
  );
}
