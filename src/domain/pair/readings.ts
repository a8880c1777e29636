import type { PairFacts } from '../../../facts/pair.js';
import { readingOf } from '../../../policy/readings.js';
import type { PairCommands } from '../commands.js';
import { accepted, alreadyHolds, invalid, type Decision } from '../decision.js';
import { choiceErrors } from '../reading-choice.js';

export function chooseReading(pair: PairFacts, command: PairCommands['choose-reading']): Decision {
  const { pool, reading, choice } = command;
  const wrong = choiceErrors(reading, choice, { reading: '/reading', choice: '/choice' });
  if (wrong.length > 0) return invalid(wrong);
  const at = pair.readingsChosenAt[reading];
  const before = readingOf(pair.readings, reading);
  const held = at === undefined ? at : { what: `The reading ${reading} as ${before}`, at };
  if (before === choice) return alreadyHolds(null, held);
  return accepted([{ type: 'ReadingChosen', data: { pool, reading, choice } }], { replaces: held });
}
