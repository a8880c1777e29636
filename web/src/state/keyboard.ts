/** What the keyboard does on every screen. */
import { useEffect } from 'preact/hooks';
import { path } from './address.js';

/** Escape closes the part that is open around the focus, which goes back to what opened it. */
export function closeByEscape(): void {
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const open = document.activeElement?.closest<HTMLDetailsElement>('details[open]');
    if (!open) return;
    open.open = false;
    open.querySelector('summary')?.focus();
  });
}

/**
 * On another screen the focus goes on from its content, where it would be lost, or has stood among the screens to choose
 * from. On a tab of a pool it stays.
 * @param title what the browser calls the screen
 */
export function useScreen(title: string): void {
  useEffect(() => {
    const begun = path.peek();
    return () => {
      const { activeElement } = document;
      const isLost = activeElement === null || activeElement === document.body || !activeElement.isConnected;
      if (path.peek() !== begun && (isLost || activeElement.closest('header') !== null))
        document.getElementById('content')?.focus();
    };
  }, [path.value]);
  useEffect(() => {
    document.title = title;
  }, [title]);
}
