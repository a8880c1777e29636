/** Where a slider stands: the moment that is named, and on which axis. */
import { computed } from '@preact/signals';
import { lastAt, momentAfter, type Axis, type Mark } from '../incident/course.js';
import { asOf, at, withQuery } from './address.js';

export const axis = computed<Axis>(() => (at.value === null ? 'asOf' : 'at'));
const named = computed(() => at.value ?? asOf.value);

/** Null: the moment is now, or before all marks. */
export const markAt = (marks: readonly Mark[]): Mark | null =>
  named.value === null ? null : lastAt(marks, axis.value, named.value);

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
