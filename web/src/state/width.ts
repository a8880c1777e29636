/** The width that an element has in the page, in pixels. */
import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';

export function useWidth<Kind extends Element>(): readonly [RefObject<Kind | null>, ReadonlySignal<number>] {
  const element = useRef<Kind>(null);
  const width = useSignal(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      width.value = Math.floor(entry?.contentRect.width ?? 0);
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
