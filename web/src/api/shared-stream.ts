/**
 * One event stream for all tabs of a browser, which has six connections to a host: one tab holds a lock and the stream, and
 * passes on what it hears. Where it is closed, the next one has the lock.
 */
import { key } from './request.js';
import { patience, watchedStream, type Said } from './watched-stream.js';

const name = 'poolkeeper-live';

/** A tab that has just come asks; the one with the stream answers. */
type Passed = Said | { readonly is: 'asked' };

/** @returns what closes it, for this tab */
export function sharedStream(hear: (said: Said) => void): () => void {
  // Browsers give locks to pages that came by TLS or from this machine alone.
  const locks = navigator.locks as LockManager | undefined;
  // Others may have other keys, and may read other things.
  return locks === undefined || key.peek() !== null ? streamWhileSeen(hear) : streamOfAll(locks, hear);
}

/** Of this tab alone: while nobody looks at it, it does without. */
function streamWhileSeen(hear: (said: Said) => void): () => void {
  let close: (() => void) | null = null;
  const look = (): void => {
    if (document.hidden) {
      close?.();
      close = null;
    } else close ??= watchedStream(hear);
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    close?.();
  };
}

function streamOfAll(locks: LockManager, hear: (said: Said) => void): () => void {
  const channel = new BroadcastChannel(name);
  let isOver = false;
  let waiting = new AbortController();
  let leave: (() => void) | null = null;
  let last: Said = { is: 'broken' };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pass = (passed: Passed): void => {
    channel.postMessage(passed);
  };
  /** Holds the lock until this tab is closed or another one takes it away. */
  const lead = async (): Promise<void> => {
    if (isOver) return;
    clearTimeout(timer);
    const { promise, resolve } = Promise.withResolvers<void>();
    const close = watchedStream((said) => {
      last = said.is === 'broken' ? said : { is: 'live' };
      pass(said);
      hear(said);
    });
    leave = () => {
      leave = null;
      close();
      resolve();
    };
    await promise;
  };
  const queue = (steal: boolean): void => {
    // A browser may give a lock that is taken away to whoever waits for it first.
    waiting.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    // Rejected where it does not wait any more, or another tab took the lock away.
    locks.request(name, steal ? { steal } : { signal }, lead).catch(() => {
      if (signal.aborted || isOver) return;
      leave?.();
      follow();
    });
  };
  /** The tab with the stream may be frozen: it would have passed something on. */
  const watch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (document.hidden) watch();
      else queue(true);
    }, 2 * patience);
  };
  const follow = (): void => {
    watch();
    queue(false);
  };
  channel.onmessage = ({ data }: MessageEvent<Passed>) => {
    if (leave !== null) {
      if (data.is === 'asked') pass(last);
    } else if (data.is !== 'asked') {
      watch();
      hear(data);
    }
  };
  follow();
  pass({ is: 'asked' });
  return () => {
    isOver = true;
    waiting.abort();
    clearTimeout(timer);
    leave?.();
    channel.close();
  };
}
