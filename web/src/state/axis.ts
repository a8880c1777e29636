/** Where a slider stands: the moment that is named, and on which axis. */
import { computed } from '@preact/signals';
import { lastAt, momentAfter, type Axis, type Mark } from '../incident/course.js';
import { asOf, at, withQuery } from './address.js';

export const axis = computed<Axis>(() => (at.value === null ? 'asOf' : 'at'));
const named = computed(() => at.value ?? asOf.value);

/** A position, or a time: all else is read by the service alone. */
const isPlain = (moment: string): boolean => /^\d+$/.test(moment) || !Number.isNaN(Date.parse(moment));

/**
 * Null: the moment is now, or before all marks.
 * @param told the moment as the service tells it, where it has another name
 */
export function markAt(marks: readonly Mark[], told: string | null): Mark | null {
  if (named.value === null) return null;
  const moment = isPlain(named.value) ? named.value : told;
  return moment === null ? null : lastAt(marks, axis.value, moment);
}

/** The same screen right after a mark. */
export const urlAfter = (mark: Mark): string => withQuery({ [axis.value]: momentAfter(mark, axis.value) });

/** The same screen right before a mark. */
export const urlBefore = ({ position, at: happened }: Mark): string =>
  withQuery(
    axis.value === 'at'
      ? { at: new Date(Date.parse(happened) - 1).toISOString() }
      : { asOf: String(BigInt(position) - 1n) },
  );

/** The same screen now. */
export const urlOfNow = (): string => withQuery({ asOf: null, at: null });
