/** The one event stream of the page. It says that something changed; what is shown is asked for again. */
import { signal } from '@preact/signals';
import { openStream } from './event-stream.js';

/** `live`: it is open; `waiting`: it is being opened again; `off`: a moment of the past needs none. */
export const connection = signal<'off' | 'waiting' | 'live'>('off');

/** Counts what came in: whoever shows something asks again when it grows. */
export const changes = signal(0);

let close: () => void = () => undefined;
let openPath: string | null = null;
let again: ReturnType<typeof setTimeout> | undefined;

/** @param wanted null closes it */
export function listen(wanted: string | null): void {
  if (wanted === openPath) return;
  openPath = wanted;
  clearTimeout(again);
  close();
  close = () => undefined;
  connection.value = wanted === null ? 'off' : 'waiting';
  if (wanted !== null) open(wanted);
}

function open(path: string): void {
  const somethingChanged = (): void => {
    changes.value += 1;
  };
  const closeThis = openStream(path, {
    onOpen: () => {
      connection.value = 'live';
      // What happened while it was closed.
      somethingChanged();
    },
    onEvent: somethingChanged,
    onBroken: (isOver) => {
      connection.value = 'waiting';
      if (!isOver) return;
      closeThis();
      again = setTimeout(() => {
        if (openPath === path) open(path);
      }, 3_000);
    },
  });
  close = closeThis;
}
