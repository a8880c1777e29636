import { limits } from '../../policy/limits.js';
import { openReadings } from '../../policy/readings.js';
import { cutTo } from '../../policy/texts/cut.js';
import type { FieldError } from './decision.js';

/** What is wrong with choosing `choice` for `reading`; the errors name what could be chosen. */
export function choiceErrors(
  reading: string,
  choice: string,
  pointers: { readonly reading: string; readonly choice: string },
): readonly FieldError[] {
  const known = openReadings.find((candidate) => candidate.id === reading);
  if (known === undefined) {
    const open = openReadings
      .map(({ id, choices }) => `${id} (${choices.map((one) => one.choice).join(' or ')})`)
      .join(', ');
    const detail = `"${cutTo(reading, limits.reading)}" leaves no choice. These do: ${open}.`;
    return [{ pointer: pointers.reading, detail }];
  }
  const choices = known.choices.map((one) => one.choice);
  return choices.includes(choice)
    ? []
    : [{ pointer: pointers.choice, detail: `Must be one of: ${choices.join(', ')}.` }];
}
