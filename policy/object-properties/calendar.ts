/** New-CsRgsHoursOfBusiness and New-CsRgsHolidaySet. */
import type { JsonObject, JsonValue } from '../../events/envelope.js';
import {
  boolean,
  date,
  optional,
  required,
  setOf,
  shortText,
  text,
  timeOfDay,
  title,
  type Property,
  type PropertyTable,
  type RecordType,
} from './schema.js';

const timeRange: RecordType = {
  is: 'record',
  fields: () => ({
    name: optional(shortText),
    openTime: required(timeOfDay),
    closeTime: required(timeOfDay),
  }),
};

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export const hoursOfBusinessProperties: PropertyTable = {
  description: optional(text),
  ...Object.fromEntries(
    days.flatMap((day): [string, Property][] => [
      [`${day}Hours1`, optional(timeRange)],
      [`${day}Hours2`, optional(timeRange)],
    ]),
  ),
  /** Used by one workflow only. */
  custom: optional(boolean, false),
};

const timeOf = (value: JsonValue | undefined): number =>
  typeof value === 'string' ? Date.parse(value) : Number.NaN;

const holiday: RecordType = {
  is: 'record',
  fields: () => ({
    name: required(title),
    startDate: required(date),
    /** The midnight at which the holiday ends. */
    endDate: required(date),
  }),
  agreement: {
    holds: (fields: JsonObject) => timeOf(fields['endDate']) > timeOf(fields['startDate']),
    field: 'endDate',
    detail: 'A holiday ends after it starts: endDate is the midnight at which it is over.',
  },
};

export const holidaySetProperties: PropertyTable = {
  description: optional(text),
  holidayList: required(setOf(holiday, 1)),
};
