/** Reads what an auditor has kept: seals and keys, in files. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseCheckpoint, type Checkpoint } from '../../seals/checkpoint.js';
import {
  isSignedBy,
  MalformedNoteError,
  parseNote,
  parseVerifierKey,
  verifierKeyText,
  type SignedNote,
  type Verifier,
} from '../../seals/signed-note.js';
import { SealFiles } from './seal-files.js';
import { listedKeys } from './seal-keys.js';

/** A seal whose signature is yet to be checked. */
export interface KeptSeal {
  readonly checkpoint: Checkpoint;
  readonly note: SignedNote;
  /** The file that it is from. */
  readonly file: string;
}

/**
 * The seals of a file, or of all files of a folder that end in `.seal`.
 * @throws MalformedNoteError, which names the file; and what the disk says
 */
export function keptSeals(path: string): readonly KeptSeal[] {
  if (!statSync(path).isDirectory()) return [sealOf(readFileSync(path, 'utf8'), path)];
  const files = readdirSync(path)
    .filter((name) => name.endsWith('.seal'))
    .sort();
  if (files.length === 0) throw new MalformedNoteError(`${path} holds no file that ends in .seal.`);
  return files.map((name) => sealOf(readFileSync(join(path, name), 'utf8'), join(path, name)));
}

function sealOf(text: string, file: string): KeptSeal {
  try {
    // A file that went through Windows may have its line ends.
    const note = parseNote(text.replaceAll('\r\n', '\n'));
    return { note, checkpoint: parseCheckpoint(note.text), file };
  } catch (error) {
    if (!(error instanceof MalformedNoteError)) throw error;
    throw new MalformedNoteError(`${file} holds no seal: ${error.message}`);
  }
}

/** The seals that lie beside a log. Lines that are none are passed over: they prove nothing either way. */
export function sealsBeside(folder: string): readonly KeptSeal[] {
  return [...new SealFiles(folder).all()].flatMap(({ note }) => {
    try {
      return [sealOf(note, folder)];
    } catch {
      return [];
    }
  });
}

/**
 * The keys of a file, a line each; empty lines and lines that begin with # are passed over.
 * @throws MalformedNoteError, which names the file; and what the disk says
 */
export function keptKeys(file: string): readonly Verifier[] {
  const lines = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const keys = lines.filter((line) => line !== '' && !line.startsWith('#'));
  try {
    if (keys.length === 0) throw new MalformedNoteError('it has no line with one.');
    return keys.map(parseVerifierKey);
  } catch (error) {
    if (!(error instanceof MalformedNoteError)) throw error;
    throw new MalformedNoteError(`${file} holds no verifier key: ${error.message}`);
  }
}

/** The keys that a folder of seals lists, without proof that they are anybody's. */
export const keysBeside = (folder: string): readonly Verifier[] =>
  listedKeys(folder).map(({ key }) => parseVerifierKey(key));

/** The trusted keys, and those that followed them by a note that a trusted key has signed. */
export function withSuccessors(trusted: readonly Verifier[], folder: string): readonly Verifier[] {
  const known = new Map(trusted.map((key) => [verifierKeyText(key), key]));
  for (const { key, rotation } of listedKeys(folder)) {
    if (rotation === null || known.has(key)) continue;
    const note = parseNote(rotation);
    const [title, from = '', to] = note.text.split('\n');
    const old = known.get(from.replace(/^from /, ''));
    const next = parseVerifierKey(key);
    const names = title === 'poolkeeper succession of keys' && to === `to ${key}`;
    if (names && old !== undefined && isSignedBy(note, old) && isSignedBy(note, next)) known.set(key, next);
  }
  return [...known.values()];
}

/** The key that has signed a seal of its own log; null where none of them has. */
export const signerOf = ({ note, checkpoint }: KeptSeal, keys: readonly Verifier[]): Verifier | null =>
  keys.find((key) => key.name === checkpoint.origin && isSignedBy(note, key)) ?? null;
