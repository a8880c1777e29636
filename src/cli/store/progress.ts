import { Presets, SingleBar } from 'cli-progress';
import type { Io } from '../io.js';

/** Shows how far through the log the copy is. */
export interface CopyProgress {
  reached(position: bigint): void;
  done(): void;
}

/** @param last position of the last event of the source */
export function copyProgress(io: Io, last: bigint): CopyProgress {
  return io.interactive ? barTo(last) : linesTo(last, io);
}

function barTo(last: bigint): CopyProgress {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}% of the log  {eta_formatted} left',
      stream: process.stdout,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(Number(last), 0);
  return { reached: (position) => bar.update(Number(position)), done: () => bar.stop() };
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
