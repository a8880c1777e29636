import { hash } from 'node:crypto';
import type { FileOutline } from '../../../projections/exports/fold.js';
import { Ok } from '../result.js';

/** Which zips are kept, by the hash of their content. */
export interface KeptFiles {
  hashes(): Promise<ReadonlySet<string>>;
}

type WithFile = { readonly file: FileOutline | null };

/** @returns whether a zip is kept now; null where none was read, and where none are kept at all */
export type IsKept = (one: WithFile) => boolean | null;

export async function keptIn(files: KeptFiles | null): Promise<IsKept> {
  if (files === null) return () => null;
  const hashes = await files.hashes();
  return ({ file }) => file && hashes.has(file.contentHash);
}

/** An answer that says which zips are kept: it changes with them, and not with the log alone. */
export const versioned = <Value>(
  value: Value,
  version: string | null,
  kept: readonly (boolean | null)[],
): Ok<Value> =>
  version === null || kept.every((one) => one === null)
    ? new Ok(value, version)
    : new Ok(value, `${version}-${hash('sha256', JSON.stringify(kept), 'hex').slice(0, 16)}`);
