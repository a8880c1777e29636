/** New-CsRgsHoursOfBusiness and New-CsRgsHolidaySet. */
import type { JsonObject } from '../../events/envelope.js';
import {
  boolean,
  date,
  listOf,
  optional,
  required,
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
  /** Private to one workflow. */
  custom: optional(boolean, false),
};

const holiday: RecordType = {
  is: 'record',
  fields: () => ({
    name: required(title),
    startDate: required(date),
    /** The midnight at which it is over. */
    endDate: required(date),
  }),
  agreement: {
    holds: (fields: JsonObject) =>
      Date.parse(String(fields['endDate'])) > Date.parse(String(fields['startDate'])),
    field: 'endDate',
    detail: 'A holiday ends after it starts: endDate is the midnight at which it is over.',
  },
};

export const holidaySetProperties: PropertyTable = {
  description: optional(text),
  holidayList: required(listOf(holiday, 1)),
};
