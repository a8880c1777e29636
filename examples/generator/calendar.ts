/** Hours of business and holidays, as both pools keep them. */
import type { Hours } from './departments.js';

const workingDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const weekend = ['saturday', 'sunday'];

const open = (days: readonly string[], openTime: string, closeTime: string): object =>
  Object.fromEntries(days.map((day) => [`${day}Hours1`, { openTime, closeTime }]));

export const hoursOfBusiness: Readonly<Record<Hours, { readonly name: string; readonly week: object }>> = {
  office: { name: 'Office hours', week: open(workingDays, '08:00', '17:00') },
  extended: {
    name: 'Extended hours',
    week: { ...open(workingDays, '07:00', '19:00'), ...open(['saturday'], '09:00', '14:00') },
  },
  'round-the-clock': {
    name: 'Round the clock',
    week: open([...workingDays, ...weekend], '00:00', '23:59'),
  },
};

/** `endDate` is the midnight at which the holiday is over. */
export const publicHolidays: readonly object[] = [
  { name: 'Christmas', startDate: '2026-12-25', endDate: '2026-12-27' },
  { name: "New Year's Day", startDate: '2027-01-01', endDate: '2027-01-02' },
  { name: 'Good Friday', startDate: '2027-03-26', endDate: '2027-03-27' },
  { name: 'Labour Day', startDate: '2027-05-01', endDate: '2027-05-02' },
];

/** Hamburg keeps Reformation Day, Berlin International Women's Day. */
export const hamburgOnly = { name: 'Reformation Day', startDate: '2027-10-31', endDate: '2027-11-01' };
export const berlinOnly = {
  name: "International Women's Day",
  startDate: '2027-03-08',
  endDate: '2027-03-09',
};
