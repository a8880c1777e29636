/** Where a slider stands: the moment that is named, and on which axis. */
import { computed } from '@preact/signals';
import { lastAt, momentAfter, type Axis, type Entry } from '../incident/course.js';
import { asOf, at, withQuery } from './address.js';

export const axis = computed<Axis>(() => (at.value === null ? 'asOf' : 'at'));
const named = computed(() => at.value ?? asOf.value);

/** Null: the moment is now, or before all entries. */
export const entryAt = (entries: readonly Entry[]): Entry | null =>
  named.value === null ? null : lastAt(entries, axis.value, named.value);

/** The same screen right after an entry. */
export const urlAfter = (entry: Entry): string => withQuery({ [axis.value]: momentAfter(entry, axis.value) });

/** The same screen right before an entry. */
export const urlBefore = ({ position, occurredAt }: Entry): string =>
  withQuery(
    axis.value === 'at'
      ? { at: new Date(Date.parse(occurredAt) - 1).toISOString() }
      : { asOf: String(BigInt(position) - 1n) },
  );

/** The same screen now. */
export const urlOfNow = (): string => withQuery({ asOf: null, at: null });
