/** Opens an event stream: by EventSource, or by a request with the key of this session, which EventSource cannot send. */
import { key, request } from './request.js';

export interface Listener {
  readonly onOpen: () => void;
  /** Nothing happened, and the service is there. */
  readonly onBeat: () => void;
  /** The service is there, and hears of nothing itself: it cannot reach the store. */
  readonly onStale: () => void;
  /** @param pools whose screens may have changed; null: all */
  readonly onChange: (pools: readonly string[] | null) => void;
  /** @param isOver whether the browser does not open it again by itself */
  readonly onBroken: (isOver: boolean) => void;
}

/** Heartbeats as events: a comment, which they are else, reaches no script. */
const path = '/v1/live?heartbeat=event';

/** @returns what closes it */
export const openStream = (listener: Listener): (() => void) =>
  key.peek() === null ? byEventSource(listener) : byRequest(listener);

function take(name: string, data: string, { onBeat, onStale, onChange }: Listener): void {
  if (name === 'heartbeat') {
    if ((JSON.parse(data) as { readonly store?: string }).store === 'away') onStale();
    else onBeat();
  }
  if (name === 'state') onChange(null);
  if (name === 'change') onChange((JSON.parse(data) as { readonly concerns: readonly string[] }).concerns);
}

function byEventSource(listener: Listener): () => void {
  const source = new EventSource(path);
  source.onopen = listener.onOpen;
  for (const name of ['heartbeat', 'state', 'change'])
    source.addEventListener(name, ({ data }: MessageEvent<string>) => {
      take(name, data, listener);
    });
  source.onerror = () => {
    listener.onBroken(source.readyState === EventSource.CLOSED);
  };
  return () => {
    source.close();
  };
}

function byRequest(listener: Listener): () => void {
  const cancel = new AbortController();
  const read = async (): Promise<void> => {
    const response = await request(path, {
      headers: { accept: 'text/event-stream' },
      cache: 'no-store',
      signal: cancel.signal,
    });
    if (!response.ok || response.body === null) return;
    listener.onOpen();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) take(fieldOf(block, 'event'), fieldOf(block, 'data'), listener);
    }
  };
  const broken = (): void => {
    if (!cancel.signal.aborted) listener.onBroken(true);
  };
  void read().then(broken, broken);
  return () => {
    cancel.abort();
  };
}

/** The service writes each field in one line. */
function fieldOf(block: string, name: string): string {
  const line = block.split('\n').find((one) => one.startsWith(`${name}: `));
  return line?.slice(name.length + 2) ?? '';
}
