import { Presets, SingleBar } from 'cli-progress';
import { terminal } from '../../../text/terminal.js';
import type { Io } from '../io.js';
import type { RebuildAnswer } from '../../contract/projections.js';

/** Shows how far a rebuild is; where nobody watches, nothing until it has ended. */
export interface ProgressLine {
  reached(rebuild: RebuildAnswer): void;
  done(): void;
}

export function rebuildProgress(io: Pick<Io, 'interactive'>, name: string): ProgressLine {
  if (!io.interactive) return { reached: () => undefined, done: () => undefined };
  const bar = new SingleBar(
    {
      format: `${terminal(name)} {bar} {percentage}%  {speed} events/s`,
      stream: process.stdout,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(1, 0, { speed: '-' });
  return {
    reached: ({ position, target, eventsPerSecond }) => {
      bar.setTotal(Math.max(1, Number(target)));
      bar.update(Math.min(Number(position), Number(target)), { speed: eventsPerSecond ?? '-' });
    },
    done: () => bar.stop(),
  };
}
