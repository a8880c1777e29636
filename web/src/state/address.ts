/** Where the reader is: path and query of the URL, so that every screen can be pasted into a ticket. */
import { computed, signal } from '@preact/signals';

const current = signal(location.pathname + location.search);

addEventListener('popstate', () => {
  current.value = location.pathname + location.search;
});

const url = computed(() => new URL(current.value, location.origin));
export const path = computed(() => url.value.pathname);
export const query = computed(() => url.value.searchParams);

/** What was known at a moment: a time, a position, an event or a stage of an incident; null: now. */
export const asOf = computed(() => query.value.get('asOf'));
/** What was true at a moment, by what is known; null: now. */
export const at = computed(() => query.value.get('at'));
export const isPast = computed(() => asOf.value !== null || at.value !== null);

/** The moment of every view, as parameters; empty: now. */
export const moment = computed(() => {
  const named = new URLSearchParams();
  if (asOf.value !== null) named.set('asOf', asOf.value);
  if (at.value !== null) named.set('at', at.value);
  return named.toString();
});

/** A path with more parameters. */
export const withMore = (to: string, more: string): string =>
  more === '' ? to : `${to}${to.includes('?') ? '&' : '?'}${more}`;

export function go(to: string, { replace = false } = {}): void {
  if (to === current.value) return;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  current.value = to;
  if (!replace) scrollTo(0, 0);
}

/** The same screen with other parameters; null takes one out. */
export function withQuery(changes: Readonly<Record<string, string | null>>): string {
  const changed = new URLSearchParams(query.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') changed.delete(name);
    else changed.set(name, value);
  }
  const text = changed.toString();
  return path.value + (text === '' ? '' : `?${text}`);
}

/** The same screen with these values of a parameter, which may be given several times. */
export function withList(
  name: string,
  values: readonly string[],
  changes: Readonly<Record<string, string | null>> = {},
): string {
  const changed = new URL(withQuery({ ...changes, [name]: null }), location.origin);
  for (const value of values) changed.searchParams.append(name, value);
  return changed.pathname + changed.search;
}

/** Another screen at the moment that is shown, where it does not name one. */
export const atMoment = (to: string): string => (/[?&](asOf|at)=/.test(to) ? to : withMore(to, moment.value));
