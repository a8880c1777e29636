import { now } from '../state/clock.js';

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const zone = new Intl.DateTimeFormat(undefined, { timeZoneName: 'short' });

const zoneOf = (moment: Date): string =>
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
      <span class="unbroken">
        {local.format(moment)} {zoneOf(moment)}
      </span>{' '}
      <span class="unbroken quiet">({utcText(at)})</span>
    </time>
  );
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** `3 hours ago`. */
export function Age({ at }: { readonly at: string }) {
  const passed = Date.parse(at) - now.value;
  const [unit, length] = units.find(([, each]) => Math.abs(passed) >= each) ?? (['minute', 60_000] as const);
  return (
    <time dateTime={at} title={utcText(at)}>
      {relative.format(Math.round(passed / length), unit)}
    </time>
  );
}
