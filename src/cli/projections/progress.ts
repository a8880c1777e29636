import { terminal } from '../../../text/terminal.js';
import type { Io } from '../io.js';
import { barOn } from '../output/bar.js';
import type { RebuildAnswer } from '../../contract/projections.js';

/** Shows how far a rebuild is; where nobody watches, nothing until it has ended. */
export interface ProgressLine {
  reached(rebuild: RebuildAnswer): void;
  done(): void;
}

export function rebuildProgress(io: Pick<Io, 'bar' | 'width'>, name: string): ProgressLine {
  const bar = barOn(io);
  return {
    reached: ({ position, target, eventsPerSecond }) =>
      bar?.reached(
        Number(position) / Math.max(1, Number(target)),
        `${terminal(name)}  ${eventsPerSecond ?? '-'} events/s`,
      ),
    done: () => bar?.done(),
  };
}
