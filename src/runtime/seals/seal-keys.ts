import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { moveSync } from '../../store/files.js';
import { signNote, verifierKeyText, verifierOf, type Signer } from '../../seals/signed-note.js';

/** In DATA_DIR, beside the folder of seals, so that whoever copies the seals does not copy it. */
const PRIVATE_FILE = 'seal-key.json';
const KEYS_FILE = 'keys.ndjson';

/** Makes a key; with a new name for the log where none is given. Handed in, so that the example generator repeats itself. */
export type NewSigner = (name: string | null) => Signer;

/** A verifier key of the log, and the note by which the one before it gave way. */
export interface ListedKey {
  readonly key: string;
  readonly since: string;
  /** Signed by both keys; null for the first. */
  readonly rotation: string | null;
}

/** The keys of a log: the one that signs, and the verifier keys of all. */
export class SealKeys {
  private constructor(
    private readonly folder: string,
    private readonly seals: string,
    private current: Signer,
    private readonly newSigner: NewSigner,
  ) {}

  /**
   * Reads the key of a folder, or makes one, with a name for the log that no other has.
   * @throws Error where the file of the key is there and cannot be used
   */
  static open(folder: string, seals: string, now: string, newSigner: NewSigner = randomSigner): SealKeys {
    mkdirSync(seals, { recursive: true });
    const file = join(folder, PRIVATE_FILE);
    const known = existsSync(file);
    const keys = new SealKeys(folder, seals, known ? readSigner(file) : newSigner(null), newSigner);
    if (!known) writeSigner(file, keys.current);
    if (!keys.listed().some(({ key }) => key === keys.verifierKey)) keys.list(now, null);
    return keys;
  }

  get signer(): Signer {
    return this.current;
  }

  /** The name of the log, which stays when its key is replaced. */
  get origin(): string {
    return this.current.name;
  }

  get verifierKey(): string {
    return keyTextOf(this.current);
  }

  /** The oldest first. */
  listed(): readonly ListedKey[] {
    return listedKeys(this.seals);
  }

  /** Replaces the key by a new one; gives the note that both have signed. */
  rotate(now: string, reason: string): string {
    const old = this.current;
    const next = this.newSigner(old.name);
    const note = successionNote(old, next, now, `rotation ${reason}`);
    const file = join(this.folder, PRIVATE_FILE);
    writeSigner(`${file}.new`, next);
    this.current = next;
    this.list(now, note);
    moveSync(`${file}.new`, file);
    return note;
  }

  /** Begins a log of another name; what was sealed before moves into a folder of its own, whose name it gives. */
  renew(now: string, reason: string): string {
    const old = this.current;
    const next = this.newSigner(null);
    const note = successionNote(old, next, now, `renewal ${reason}`);
    const before = `${this.seals}-until-${now.replaceAll(':', '-')}`;
    const file = join(this.folder, PRIVATE_FILE);
    writeSigner(`${file}.new`, next);
    moveSync(this.seals, before);
    mkdirSync(this.seals);
    this.current = next;
    this.list(now, note);
    moveSync(`${file}.new`, file);
    return basename(before);
  }

  private list(since: string, rotation: string | null): void {
    const line: ListedKey = { key: this.verifierKey, since, rotation };
    appendFileSync(join(this.seals, KEYS_FILE), `${JSON.stringify(line)}\n`);
  }
}

/** The verifier keys that a folder of seals lists, the oldest first. */
export function listedKeys(seals: string): readonly ListedKey[] {
  const file = join(seals, KEYS_FILE);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as ListedKey);
}

const randomSigner: NewSigner = (name) => ({
  name: name ?? `poolkeeper/${randomBytes(8).toString('hex')}`,
  privateKey: generateKeyPairSync('ed25519').privateKey,
});

const keyTextOf = ({ name, privateKey }: Signer): string =>
  verifierKeyText(verifierOf(name, createPublicKey(privateKey)));

function successionNote(old: Signer, next: Signer, at: string, occasion: string): string {
  const lines = ['poolkeeper succession of keys', `from ${keyTextOf(old)}`, `to ${keyTextOf(next)}`];
  return signNote(
    `${[...lines, `at ${at}`, `occasion ${occasion.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()}`].join('\n')}\n`,
    [old, next],
  );
}

function writeSigner(file: string, { name, privateKey }: Signer): void {
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(file, `${JSON.stringify({ name, privateKey: pem })}\n`, { mode: 0o600, flush: true });
}

/** Its errors do not repeat what the file holds. */
function readSigner(file: string): Signer {
  try {
    const { name, privateKey } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    if (typeof name !== 'string' || typeof privateKey !== 'string') throw new TypeError('it lacks a member');
    return { name, privateKey: createPrivateKey(privateKey) };
  } catch {
    throw new Error(
      `${file} cannot be read as the key of seals. Put it back from a copy, or move it away: a new key is made then.`,
    );
  }
}
