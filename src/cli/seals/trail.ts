/** Checks an export of an audit trail against seals: which of its entries are events that were sealed. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { callsCutOff } from '../../../projections/audit-trail/consequence.js';
import { provenSize } from '../../runtime/seals/comparison.js';
import { leavesOfEntry, type EntryOfEvent } from '../../runtime/seals/leaf-of-entry.js';
import { SEALS, TREE } from '../../runtime/seals/sealed-log.js';
import { readTree, type TreeReader } from '../../runtime/seals/tree-file.js';
import { verifierKeyText } from '../../seals/signed-note.js';
import { Turns } from '../../store/turns.js';
import { CliError, exitCodes } from '../exit-codes.js';
import type { SealCheckOptions } from './check.js';
import { contradictionIn, entryIn, isEntry } from './trail-entry.js';
import { trusted, type Trusted } from './trusted.js';

export interface UnsealedEntry {
  /** Of the file, from 1. */
  readonly line: number;
  readonly id: string;
  readonly type: string;
  readonly problem: string;
}

export interface TrailCheck extends Omit<Trusted, 'keys'> {
  readonly keys: readonly string[];
  /** How many events the largest seal covers that the leaves bear out. */
  readonly size: number;
  readonly entries: number;
  /** Entries that are in the tree, word for word. */
  readonly sealed: number;
  /** Entries that are no events. */
  readonly derived: number;
  /** How many are not in the tree, or stand where they do not belong; and the first of them. */
  readonly unsealed: number;
  readonly first: readonly UnsealedEntry[];
  readonly isWhole: boolean;
}

/** More are counted. */
const MOST = 100;

/** Whether a file is an export of a trail, by its first line. */
export async function isTrail(file: string): Promise<boolean> {
  if (!existsSync(file) || !statSync(file).isFile()) return false;
  for await (const line of linesOf(file)) return isEntry(line);
  return false;
}

/** @throws CliError for files that cannot be used, and for seals that no trusted key has signed */
export async function checkTrail(
  file: string,
  folder: string,
  options: SealCheckOptions,
): Promise<TrailCheck> {
  const beside = join(folder, SEALS);
  const { kept, keys, keysWereKept } = trusted(existsSync(beside) ? beside : null, options);
  const indexFile = options.index ?? join(beside, TREE);
  using index = readTree(indexFile);
  if (index === null) {
    throw new CliError(
      `--index is needed, a copy of the file seals/tree: it tells which events were sealed. ${indexFile} cannot be read.`,
      exitCodes.usage,
    );
  }
  const size = await provenSize(
    index,
    kept.map(({ checkpoint }) => checkpoint),
    new Turns(),
  );
  if (size === 0) {
    throw new CliError(`--index: ${indexFile} has the root of none of these seals, so it tells nothing.`);
  }
  const found = await compareEntries(file, leavesOf(index, size));
  const isWhole = found.unsealed === 0;
  return { kept, keys: keys.map(verifierKeyText), keysWereKept, size, ...found, isWhole };
}

function leavesOf(index: TreeReader, size: number): ReadonlyMap<string, number> {
  const leaves = new Map<string, number>();
  for (let number = 0; number < size; number += 1) leaves.set(index.leaf(number).toString('hex'), number);
  return leaves;
}

type Found = Pick<TrailCheck, 'entries' | 'sealed' | 'derived' | 'unsealed' | 'first'>;

async function compareEntries(file: string, leaves: ReadonlyMap<string, number>): Promise<Found> {
  const first: UnsealedEntry[] = [];
  let [line, entries, sealed, derived, unsealed, last] = [0, 0, 0, 0, 0, -1];
  for await (const text of linesOf(file)) {
    line += 1;
    if (text === '') continue;
    const entry = entryIn(text, line, file);
    entries += 1;
    if (entry.type === callsCutOff && entry.derived) {
      derived += 1;
      continue;
    }
    const place = placeOf(entry, leaves);
    const problem = contradictionIn(entry) ?? problemOf(place, last, leaves.has(entry.leaf ?? ''));
    if (place !== undefined) last = Math.max(last, place);
    if (problem === null) sealed += 1;
    else {
      unsealed += 1;
      if (first.length < MOST) first.push({ line, id: entry.id, type: entry.type, problem });
    }
  }
  return { entries, sealed, derived, unsealed, first };
}

const placeOf = (entry: EntryOfEvent, leaves: ReadonlyMap<string, number>): number | undefined =>
  leavesOfEntry(entry)
    .map((leaf) => leaves.get(leaf))
    .find((place) => place !== undefined);

function problemOf(place: number | undefined, last: number, leafWasSealed: boolean): string | null {
  if (place === undefined) {
    return leafWasSealed
      ? 'it was changed: the leaf that it names was sealed, and is not that of what it says.'
      : 'it is not among the events that were sealed: it was changed, made up, or stored after the seal.';
  }
  return place > last ? null : `it was sealed as event ${place + 1}, and stands after event ${last + 1}.`;
}

const linesOf = (file: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(file), crlfDelay: Infinity });
