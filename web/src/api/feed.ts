/**
 * The one event stream of the page, whatever screen is shown. It says that something changed; what is shown is asked for
 * again.
 */
import { signal } from '@preact/signals';
import { sharedStream } from './shared-stream.js';
import type { Said } from './watched-stream.js';

/** `live`: it is open; `waiting`: it is being opened again; `off`: what is shown needs none. */
export const connection = signal<'off' | 'waiting' | 'live'>('off');

/** When the service was last heard of, in milliseconds since 1970; null while it is, and where it never was. */
export const lostAt = signal<number | null>(null);

/** Counts what came in: whoever shows something asks again when it grows. */
export const changes = signal(0);

/** What a screen follows: all pools, or one by its name; null: nothing, as at a moment of the past. */
export type Followed = { readonly pool: string } | 'all' | null;

let followed: Followed = null;
let isLive = false;
let heardAt: number | null = null;
let close: (() => void) | null = null;

/** The stream is opened for the first screen that follows something, and stays. */
export function listen(wanted: Followed): void {
  followed = wanted;
  if (wanted !== null) close ??= sharedStream(hear);
  show();
}

/** The reader is not known any more, or is another one. */
export function hangUp(): void {
  close?.();
  close = null;
  isLive = false;
  heardAt = null;
  lostAt.value = null;
  show();
}

function show(): void {
  connection.value = followed === null ? 'off' : isLive ? 'live' : 'waiting';
}

function hear(said: Said): void {
  const wasLive = isLive;
  isLive = said.is !== 'broken';
  if (isLive) heardAt = Date.now();
  lostAt.value = isLive ? null : heardAt;
  show();
  // What a tab did not hear before it came, or while nothing came.
  if (isLive && !wasLive) changes.value += 1;
  else if (said.is === 'changed' && concerns(said.pools)) changes.value += 1;
}

function concerns(pools: readonly string[] | null): boolean {
  if (pools === null || followed === 'all') return true;
  const name = followed?.pool.toLowerCase();
  return pools.some((pool) => pool.toLowerCase() === name);
}
