/** The one event stream of the page. It says that something changed; what is shown is asked for again. */
import { signal } from '@preact/signals';

/** `live`: it is open; `waiting`: it is being opened again; `off`: a moment of the past needs none. */
export const connection = signal<'off' | 'waiting' | 'live'>('off');

/** Counts what came in: whoever shows something asks again when it grows. */
export const changes = signal(0);

let source: EventSource | null = null;
let openPath: string | null = null;
let again: ReturnType<typeof setTimeout> | undefined;

/** @param wanted null closes it */
export function listen(wanted: string | null): void {
  if (wanted === openPath) return;
  openPath = wanted;
  clearTimeout(again);
  source?.close();
  source = null;
  connection.value = wanted === null ? 'off' : 'waiting';
  if (wanted !== null) open(wanted);
}

function open(path: string): void {
  const opened = new EventSource(path);
  source = opened;
  opened.onopen = () => {
    connection.value = 'live';
    // What happened while it was closed.
    changes.value += 1;
  };
  for (const name of ['state', 'change']) {
    opened.addEventListener(name, () => {
      changes.value += 1;
    });
  }
  opened.onerror = () => {
    connection.value = 'waiting';
    // A browser opens a stream that broke again by itself, and gives up where the answer was no stream.
    if (opened.readyState !== EventSource.CLOSED) return;
    opened.close();
    again = setTimeout(() => {
      if (openPath === path) open(path);
    }, 3_000);
  };
}
