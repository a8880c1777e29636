/** Checks a log against seals that were kept of it. */
import type { CheckedFiles } from '../../runtime/commands/export-files.js';
import { compare, type Comparison } from '../../runtime/seals/comparison.js';
import {
  keptKeys,
  keptSeals,
  keysBeside,
  sealsBeside,
  signerOf,
  withSuccessors,
  type KeptSeal,
} from '../../runtime/seals/kept-seals.js';
import { readTree } from '../../runtime/seals/tree-file.js';
import { MalformedNoteError, verifierKeyText, type Verifier } from '../../seals/signed-note.js';
import { isWhole, type Verification } from '../../store/port.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { treeBeside, type LogSource } from './log-source.js';

export interface SealCheckOptions {
  /** Files, or folders of them. */
  readonly seals: readonly string[];
  /** A file of verifier keys; the keys beside the log where absent. */
  readonly key?: string | undefined;
  /** A kept file of the tree; the one beside the log where absent. */
  readonly index?: string | undefined;
}

export interface SealCheck {
  readonly kept: readonly KeptSeal[];
  readonly keys: readonly string[];
  /** Whether the keys were kept elsewhere than beside the log. */
  readonly keysWereKept: boolean;
  /** Seals beside the log that a trusted key has signed. */
  readonly beside: number;
  readonly comparison: Comparison;
  /** Null for an export. */
  readonly chain: Verification | null;
  /** The kept zips of exports; null where there are none to check. */
  readonly files: CheckedFiles | null;
  /** The service sealed the end of the log when it stopped, and there is more: nobody who went through the service wrote it. */
  readonly grewWhileStopped: boolean;
  readonly logIsWhole: boolean;
  /** The kept zips as well. */
  readonly isWhole: boolean;
}

/** @throws CliError for files that cannot be used, and for seals that no trusted key has signed */
export async function checkSeals(source: LogSource, options: SealCheckOptions): Promise<SealCheck> {
  const kept = readable('--seal', () => options.seals.flatMap(keptSeals));
  const { keys, keysWereKept } = keysFor(source, options);
  for (const seal of kept) requireSigned(seal, keys);
  const origins = new Set(kept.map(({ checkpoint }) => checkpoint.origin));
  const beside = (source.seals === null ? [] : sealsBeside(source.seals)).filter(
    (seal) => origins.has(seal.checkpoint.origin) && signerOf(seal, keys) !== null,
  );
  const all = [...kept, ...beside];
  const indexFile = options.index ?? treeBeside(source.seals);
  using index = indexFile === null ? null : readTree(indexFile);
  if (options.index !== undefined && index === null) {
    throw new CliError(`--index: ${options.index} cannot be read.`, exitCodes.usage);
  }
  const comparison = await compare(
    source.log,
    all.map(({ checkpoint }) => checkpoint),
    index,
  );
  const chain = (await source.verify?.()) ?? null;
  const files = (await source.checkFiles?.()) ?? null;
  const largest = all.toSorted(byTime).at(-1);
  const grewWhileStopped =
    source.hasOneWriter && largest?.checkpoint.occasion === 'stop' && comparison.unsealed.events > 0;
  const holds = all.every(({ checkpoint }) => comparison.holding.has(checkpoint.size));
  const logIsWhole =
    holds && comparison.difference === null && (chain === null || isWhole(chain)) && !grewWhileStopped;
  return {
    kept,
    keys: keys.map(verifierKeyText),
    keysWereKept,
    beside: beside.length,
    comparison,
    chain,
    files,
    grewWhileStopped,
    logIsWhole,
    isWhole: logIsWhole && (files === null || files.damaged.length === 0),
  };
}

const byTime = ({ checkpoint: one }: KeptSeal, { checkpoint: other }: KeptSeal): number =>
  one.size - other.size || (one.at ?? '').localeCompare(other.at ?? '');

function keysFor(
  { seals }: LogSource,
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
