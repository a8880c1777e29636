import { useEffect } from 'preact/hooks';
import { listen, type Followed } from '../api/feed.js';

/** What a screen follows of what the one event stream of the page brings, while it is shown. */
export function useFeed(followed: Followed): void {
  const pool = followed === null || followed === 'all' ? followed : followed.pool;
  useEffect(() => {
    listen(followed);
  }, [pool]);
}
