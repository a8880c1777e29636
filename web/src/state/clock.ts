/** The time, for ages: it moves once in ten seconds. */
import { signal } from '@preact/signals';

export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 10_000);
