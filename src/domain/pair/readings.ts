import type { PairFacts } from '../../../facts/pair.js';
import { readingOf } from '../../../policy/readings.js';
import type { PairCommands } from '../commands.js';
import { accepted, alreadyHolds, invalid, type Decision } from '../decision.js';
import { choiceErrors } from '../reading-choice.js';

export function chooseReading(pair: PairFacts, command: PairCommands['choose-reading']): Decision {
  const { pool, reading, choice } = command;
  const wrong = choiceErrors(reading, choice, { reading: '/reading', choice: '/choice' });
  if (wrong.length > 0) return invalid(wrong);
  if (readingOf(pair.readings, reading) === choice) {
    const at = pair.readingsChosenAt[reading];
    return alreadyHolds(null, at === undefined ? at : { what: `The reading ${reading} as ${choice}`, at });
  }
  return accepted([{ type: 'ReadingChosen', data: { pool, reading, choice } }]);
}
