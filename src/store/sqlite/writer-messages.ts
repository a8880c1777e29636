import type { WrittenGroup } from '../append-outcome.js';
import type { PreparedAppend } from '../prepared-append.js';

/** To the writer thread; it is started with the path of the file as its data. */
export type Request = { readonly group: readonly PreparedAppend[]; readonly now: string } | 'close';

/** From the writer thread: how the opening went, then one for each group. The answer to `close` is its end. */
export type Response =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'written'; readonly written: WrittenGroup }
  | { readonly kind: 'failed'; readonly message: string };
