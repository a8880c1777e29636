/** Checks a log against seals that were kept of it. */
import type { CheckedFiles } from '../../runtime/commands/export-files.js';
import { compare, type Comparison } from '../../runtime/seals/comparison.js';
import { sealsBeside, signerOf, type KeptSeal } from '../../runtime/seals/kept-seals.js';
import { readTree } from '../../runtime/seals/tree-file.js';
import { verifierKeyText } from '../../seals/signed-note.js';
import { isWhole, type Verification } from '../../store/port.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { treeBeside, type LogSource } from './log-source.js';
import { trusted } from './trusted.js';

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
  const { kept, keys, keysWereKept } = trusted(source.seals, options);
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
