import type { Difference, Place } from './comparison.js';

/** Where an event is, for people. */
export const placeText = ({ id, type, stream, revision, position }: Place): string =>
  `${type} ${id} (position ${position}, "${stream}" at revision ${revision})`;

/** What is wrong with the first event that is not what was sealed. */
export function differenceText({ kind, from, to, at }: Difference): string {
  const here = at === null ? 'nothing' : placeText(at);
  switch (kind) {
    case 'changed':
      return `Event ${from} of the log was changed: ${here} is not what was sealed there.`;
    case 'inserted':
      return `Event ${from} of the log was inserted: ${here} was not sealed there.`;
    case 'missing':
      return `Event ${from} of the log is missing: ${here} stands in its place, and was sealed after it.`;
    case 'swapped':
      return `Events ${from} and ${from + 1} of the log have changed places: ${here} was sealed after the other.`;
    case 'cut':
      return `The log was cut: event ${from}, and all after it up to event ${to}, are missing. The last one that is left is ${here}.`;
    case 'different':
      return from === to
        ? `Event ${from} of the log is not what was sealed there: ${here} is.`
        : `The first event that is not what was sealed is one of the events ${from} to ${to} of the log; ${from} is ${here}.`;
  }
}
