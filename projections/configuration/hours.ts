/** Hours of business and holidays in words. */
import type { JsonObject } from '../../events/envelope.js';
import { isRecord } from '../../policy/object-properties/schema.js';
import { listIn, recordIn, textIn, type Named, type Neighbours } from './lookup.js';

export interface OpenDays {
  /** `monday`, or `monday to friday` where consecutive days are alike. */
  readonly days: string;
  /** `08:00 to 12:00, 13:00 to 17:00`. */
  readonly open: string;
}

export interface HoursOfGroup extends Named {
  /** Days that are not named are closed. */
  readonly week: readonly OpenDays[];
}

export interface HolidaysOfGroup extends Named {
  readonly days: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export function hoursOf(id: string, near: Neighbours): HoursOfGroup {
  const fields = near.find('hours-of-business', id)?.properties ?? {};
  const week: { days: string[]; open: string }[] = [];
  for (const day of days) {
    const open = [1, 2]
      .flatMap((number) => rangeText(recordIn(fields, `${day}Hours${number}`)) ?? [])
      .join(', ');
    const last = week.at(-1);
    if (last?.open === open) last.days.push(day);
    else week.push({ days: [day], open });
  }
  return {
    ...near.named('hours-of-business', id),
    week: week.filter(({ open }) => open !== '').map((one) => ({ days: daysText(one.days), open: one.open })),
  };
}

const daysText = (some: readonly string[]): string =>
  some.length > 1 ? `${some[0] ?? ''} to ${some.at(-1) ?? ''}` : (some[0] ?? '');

function rangeText(range: JsonObject | null): string | null {
  if (range === null) return null;
  return `${textIn(range, 'openTime') ?? '?'} to ${textIn(range, 'closeTime') ?? '?'}`;
}

export function holidaysOf(id: string, near: Neighbours): HolidaysOfGroup {
  const fields = near.find('holiday-set', id)?.properties ?? {};
  return {
    ...near.named('holiday-set', id),
    days: listIn(fields, 'holidayList')
      .filter(isRecord)
      .map((holiday) => ({
        name: textIn(holiday, 'name') ?? '',
        from: textIn(holiday, 'startDate') ?? '?',
        to: textIn(holiday, 'endDate') ?? '?',
      })),
  };
}

/** `monday to friday 08:00 to 17:00; saturday 09:00 to 12:00`. */
export const weekText = ({ week }: HoursOfGroup): string =>
  week.length === 0 ? 'never open' : week.map(({ days: some, open }) => `${some} ${open}`).join('; ');
