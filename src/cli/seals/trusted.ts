/** The seals that somebody has kept, each signed by a key that is trusted. */
import {
  keptKeys,
  keptSeals,
  keysBeside,
  signerOf,
  withSuccessors,
  type KeptSeal,
} from '../../runtime/seals/kept-seals.js';
import { MalformedNoteError, type Verifier } from '../../seals/signed-note.js';
import { CliError, exitCodes } from '../exit-codes.js';
import type { SealCheckOptions } from './check.js';

export interface Trusted {
  readonly kept: readonly KeptSeal[];
  readonly keys: readonly Verifier[];
  /** Whether the keys were kept elsewhere than beside the log. */
  readonly keysWereKept: boolean;
}

/**
 * @param seals the folder of seals beside the log; null for none
 * @throws CliError for files that cannot be used, and for seals that no trusted key has signed
 */
export function trusted(seals: string | null, options: SealCheckOptions): Trusted {
  const kept = readable('--seal', () => options.seals.flatMap(keptSeals));
  const { keys, keysWereKept } = keysFor(seals, options);
  for (const seal of kept) requireSigned(seal, keys);
  return { kept, keys, keysWereKept };
}

function keysFor(
  seals: string | null,
  { key }: SealCheckOptions,
): { readonly keys: readonly Verifier[]; readonly keysWereKept: boolean } {
  if (key !== undefined) {
    const keys = readable('--key', () => keptKeys(key));
    return { keys: seals === null ? keys : withSuccessors(keys, seals), keysWereKept: true };
  }
  const keys = seals === null ? [] : keysBeside(seals);
  if (keys.length > 0) return { keys, keysWereKept: false };
  throw new CliError('--key is needed: no verifier key lies beside this log.', exitCodes.usage);
}

function requireSigned(seal: KeptSeal, keys: readonly Verifier[]): void {
  if (signerOf(seal, keys) !== null) return;
  throw new CliError(
    `${seal.file} is not signed by a key that is trusted here: it is another log's ("${seal.checkpoint.origin}"), it was changed, or its key is missing. Give the key with --key.`,
  );
}

function readable<Value>(flag: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedNoteError || (error instanceof Error && 'code' in error)) {
      throw new CliError(`${flag}: ${error.message}`, exitCodes.usage);
    }
    throw error;
  }
}
