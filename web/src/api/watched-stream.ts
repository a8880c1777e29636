/** An event stream that is opened again where it breaks, and where nothing comes for so long that something must be wrong. */
import { openStream } from './event-stream.js';

export type Said =
  /** The service is there. */
  | { readonly is: 'live' }
  /** It is, and something changed. Of these pools; null: of all. */
  | { readonly is: 'changed'; readonly pools: readonly string[] | null }
  /** Nothing comes: it is being opened again, or the service hears of nothing itself. */
  | { readonly is: 'broken' };

/** In milliseconds. The service has a heartbeat every 15 seconds: two of them are missing. */
export const patience = 40_000;
/** In milliseconds, until it is open: a browser may try connections that are dead already, one after the other. */
const patienceToOpen = 15_000;
/** In milliseconds: how long it is waited before a stream that ended is opened again. */
const pause = 3_000;

/** @returns what closes it */
export function watchedStream(hear: (said: Said) => void): () => void {
  let close = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const openIn = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      close();
      hear({ is: 'broken' });
      open();
    }, milliseconds);
  };
  const alive = (said: Said): void => {
    openIn(patience);
    hear(said);
  };
  const open = (): void => {
    openIn(patienceToOpen);
    close = openStream({
      // What happened while it was closed.
      onOpen: () => {
        alive({ is: 'changed', pools: null });
      },
      onBeat: () => {
        alive({ is: 'live' });
      },
      onStale: () => {
        openIn(patience);
        hear({ is: 'broken' });
      },
      onChange: (pools) => {
        alive({ is: 'changed', pools });
      },
      onBroken: (isOver) => {
        hear({ is: 'broken' });
        if (isOver) openIn(pause);
      },
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    close();
  };
}
