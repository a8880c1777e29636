/** Opens an event stream: by EventSource, or by a request with the key of this session, which EventSource cannot send. */
import { key, request } from './request.js';

export interface Listener {
  readonly onOpen: () => void;
  readonly onEvent: () => void;
  /** @param isOver whether the browser does not open it again by itself */
  readonly onBroken: (isOver: boolean) => void;
}

const names = ['state', 'change'];

/** @returns what closes it */
export const openStream = (path: string, listener: Listener): (() => void) =>
  key.peek() === null ? byEventSource(path, listener) : byRequest(path, listener);

function byEventSource(path: string, { onOpen, onEvent, onBroken }: Listener): () => void {
  const source = new EventSource(path);
  source.onopen = onOpen;
  for (const name of names) source.addEventListener(name, onEvent);
  source.onerror = () => {
    onBroken(source.readyState === EventSource.CLOSED);
  };
  return () => {
    source.close();
  };
}

function byRequest(path: string, { onOpen, onEvent, onBroken }: Listener): () => void {
  const cancel = new AbortController();
  const read = async (): Promise<void> => {
    const response = await request(path, {
      headers: { accept: 'text/event-stream' },
      cache: 'no-store',
      signal: cancel.signal,
    });
    if (!response.ok || response.body === null) return;
    onOpen();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks)
        if (names.some((name) => block.split('\n').includes(`event: ${name}`))) onEvent();
    }
  };
  const broken = (): void => {
    if (!cancel.signal.aborted) onBroken(true);
  };
  void read().then(broken, broken);
  return () => {
    cancel.abort();
  };
}
