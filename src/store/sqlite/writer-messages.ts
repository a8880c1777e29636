import type { WrittenGroup } from '../append-outcome.js';
import type { PreparedAppend } from '../prepared-append.js';

/** To the writer thread, which is started with the path of the file as its data. */
export type WriterRequest =
  { readonly group: readonly PreparedAppend[]; readonly now: string } | 'probe' | 'close';

/** From the writer thread: first `opened` or `refused`, then one response per group. It answers `close` by ending. */
export type WriterResponse =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'probed' }
  | { readonly kind: 'written'; readonly written: WrittenGroup }
  | { readonly kind: 'failed'; readonly message: string };
