import type { Io } from '../io.js';
import { barOn } from '../output/bar.js';

/** Shows how far through the log the copy is. */
export interface CopyProgress {
  reached(position: bigint): void;
  done(): void;
}

/** @param last position of the last event of the source */
export function copyProgress(io: Io, last: bigint): CopyProgress {
  const bar = barOn(io);
  if (bar === null) return linesTo(last, io);
  return {
    reached: (position) => bar.reached(Number(position) / Number(last), 'of the log'),
    done: () => bar.done(),
  };
}

/** Where nobody watches: a line at each tenth. */
function linesTo(last: bigint, io: Pick<Io, 'err'>): CopyProgress {
  let shown = 0;
  return {
    reached(position) {
      const tenth = Math.floor((Number(position) / Number(last)) * 10);
      if (tenth <= shown) return;
      shown = tenth;
      io.err(`${tenth * 10}% of the log`);
    },
    done: () => undefined,
  };
}
