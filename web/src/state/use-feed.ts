import { useEffect } from 'preact/hooks';
import { listen } from '../api/feed.js';

/**
 * What the one event stream of the page brings while a screen is shown.
 * @param path null: nothing, as for a moment of the past
 */
export function useFeed(path: string | null): void {
  useEffect(() => {
    listen(path);
  }, [path]);
}
