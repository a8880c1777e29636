/** Whether anything carries a new call of a pool that is down to the registrar of its backup pool. */
import { readingOf, type ChosenReadings } from './readings.js';
import { isDown, traitsOf, type Stage } from './stages.js';

/** In seconds: how long a registrar is away before its backup takes over by itself, where nobody has set another interval. */
export const TAKEOVER_INTERVAL = 300;

/** What decides, besides the stage. */
export interface Takeover {
  readonly readings: ChosenReadings;
  /** For how long the pool has been down, in seconds: less than 0 for what happened before, Infinity once it is over. */
  readonly secondsDown: number;
}

/** As the document has it: where the copies are, the calls are carried. */
export const carriedAsWritten: Takeover = { readings: {}, secondsDown: Infinity };

/** Whether a new call reaches the backup pool of a pool in this stage, whichever copies that has. */
export function isCarriedToBackup(stage: Stage, { readings, secondsDown }: Takeover): boolean {
  switch (readingOf(readings, 'registrar-takeover')) {
    case 'after-interval':
      return !traitsOf(stage).awaitsFailover || secondsDown >= TAKEOVER_INTERVAL;
    case 'none':
      return !isDown(stage) || traitsOf(stage).stoodInFor;
    default:
      return true;
  }
}

/** Whether what carries a new call in this stage is a matter of when it arrives. */
export const isCarriedInTime = (stage: Stage, readings: ChosenReadings): boolean =>
  isCarriedToBackup(stage, { readings, secondsDown: Infinity }) &&
  !isCarriedToBackup(stage, { readings, secondsDown: -Infinity });
