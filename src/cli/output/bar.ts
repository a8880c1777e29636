/** A bar in one line of a terminal. It hides no cursor and changes no mode: whatever ends the process, nothing is left to put right. */
import { cutTo } from '../../../policy/texts/cut.js';
import type { Io } from '../io.js';

export interface Bar {
  /** @param share how much is done, of 1 */
  reached(share: number, words: string): void;
  done(): void;
}

/** Milliseconds between two drawings. */
const pause = 100;
const cells = 30;
/** To the beginning of the line, and what follows there is erased. */
const again = '\r\u001b[K';

/** Null where nobody watches standard error. */
export function barOn({ bar, width }: Pick<Io, 'bar' | 'width'>): Bar | null {
  if (bar === undefined) return null;
  let drawnAt = -Infinity;
  let last = '';
  return {
    reached(share, words) {
      last = cutTo(`${drawn(share)} ${words}`, width - 1);
      if (performance.now() - drawnAt < pause) return;
      drawnAt = performance.now();
      bar(again + last);
    },
    done: () => bar(last === '' ? '' : `${again}${last}\n`),
  };
}

function drawn(share: number): string {
  const part = Math.min(1, Math.max(0, share));
  const full = Math.round(part * cells);
  return `${'█'.repeat(full)}${'░'.repeat(cells - full)} ${Math.floor(part * 100)}%`;
}
