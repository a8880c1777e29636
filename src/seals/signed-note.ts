/** Signed notes as C2SP describes them: a text of lines, an empty line, and a line for each signature. */
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** The byte that says Ed25519 in keys and their hashes. */
const ED25519 = 1;
/** DER of a public key of Ed25519 before its 32 bytes. */
const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const SIGNATURE_LINE = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;
const VERIFIER_KEY = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u;
const LINE_OF_TEXT = /^[^\u0000-\u0009\u000B-\u001F\u007F]*$/u;

/** A text that is no signed note, or no verifier key. */
export class MalformedNoteError extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'MalformedNoteError';
  }
}

export interface Verifier {
  readonly name: string;
  /** The first four bytes of the key's hash. */
  readonly keyHash: Buffer;
  readonly publicKey: KeyObject;
}

export interface Signer {
  readonly name: string;
  readonly privateKey: KeyObject;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyHash: Buffer;
  readonly signature: Buffer;
}

export interface SignedNote {
  /** Ends with a line break. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const rawOf = (publicKey: KeyObject): Buffer =>
  publicKey.export({ format: 'der', type: 'spki' }).subarray(DER_PREFIX.length);

function keyHashOf(name: string, raw: Buffer): Buffer {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([ED25519]))
    .update(raw)
    .digest()
    .subarray(0, 4);
}

export function verifierOf(name: string, publicKey: KeyObject): Verifier {
  return { name, keyHash: keyHashOf(name, rawOf(publicKey)), publicKey };
}

/** The verifier key as one line of text: name, hash and key, joined by plus signs. */
export function verifierKeyText({ name, keyHash, publicKey }: Verifier): string {
  const key = Buffer.concat([Buffer.from([ED25519]), rawOf(publicKey)]);
  return `${name}+${keyHash.toString('hex')}+${key.toString('base64')}`;
}

/** @throws MalformedNoteError */
export function parseVerifierKey(text: string): Verifier {
  const [, name, hash, encoded] = VERIFIER_KEY.exec(text.trim()) ?? [];
  if (name === undefined || hash === undefined || encoded === undefined) {
    throw new MalformedNoteError(
      'A verifier key is a name, eight hexadecimal digits and a key, joined by "+".',
    );
  }
  const key = Buffer.from(encoded, 'base64');
  if (key[0] !== ED25519 || key.length !== 33) {
    throw new MalformedNoteError(`The verifier key of ${name} is not one of Ed25519.`);
  }
  const raw = key.subarray(1);
  const publicKey = createPublicKey({ key: Buffer.concat([DER_PREFIX, raw]), format: 'der', type: 'spki' });
  const verifier = verifierOf(name, publicKey);
  if (verifier.keyHash.toString('hex') !== hash) {
    throw new MalformedNoteError(
      `The verifier key of ${name} does not have the hash that it names: it was not copied whole.`,
    );
  }
  return verifier;
}

/** @param text ends with a line break */
export function signNote(text: string, signers: readonly Signer[]): string {
  requireText(text);
  const lines = signers.map(({ name, privateKey }) => {
    const { keyHash } = verifierOf(name, createPublicKey(privateKey));
    const signature = sign(null, Buffer.from(text), privateKey);
    return `\u2014 ${name} ${Buffer.concat([keyHash, signature]).toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** @throws MalformedNoteError */
export function parseNote(note: string): SignedNote {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) {
    throw new MalformedNoteError(
      'A signed note is a text, an empty line and lines with signatures, each ended by a line break.',
    );
  }
  const text = note.slice(0, end + 1);
  requireText(text);
  const lines = note.slice(end + 2, -1).split('\n');
  return { text, signatures: lines.map(signatureOf) };
}

function signatureOf(line: string): NoteSignature {
  const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (name === undefined || bytes.length < 5) {
    throw new MalformedNoteError(`"${beginningOf(line)}" is no line with a signature.`);
  }
  return { name, keyHash: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/** The first 80 code points: no character is cut in two. */
const beginningOf = (line: string): string => Array.from(line.slice(0, 160)).slice(0, 80).join('');

/** Whether a verifier's key has signed the note. The first line that names the key decides, as other readers have it. */
export function isSignedBy(
  { text, signatures }: SignedNote,
  { name, keyHash, publicKey }: Verifier,
): boolean {
  const line = signatures.find((made) => made.name === name && made.keyHash.equals(keyHash));
  return line !== undefined && verify(null, Buffer.from(text), publicKey, line.signature);
}

function requireText(text: string): void {
  if (!text.endsWith('\n') || !LINE_OF_TEXT.test(text)) {
    throw new MalformedNoteError(
      'The text of a note ends with a line break and has no other control characters.',
    );
  }
}
