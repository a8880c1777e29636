/** The time from which ages are counted. */
import { computed } from '@preact/signals';
import { asOf, at, isPast } from './address.js';
import { now } from './clock.js';

/**
 * In milliseconds since 1970: now, or the moment that is shown. Null where that is named otherwise than by a time: then
 * only the service knows.
 */
export const present = computed<number | null>(() => {
  if (!isPast.value) return now.value;
  const named = at.value ?? asOf.value ?? '';
  return isTime.test(named) ? Date.parse(named) : null;
});

/** RFC 3339; all else (`10:42`, a position, an event) is read by the service alone. */
const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
