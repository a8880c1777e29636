import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkpointText, parseCheckpoint } from '../../src/seals/checkpoint.js';
import { leafHash } from '../../src/seals/merkle-tree.js';
import {
  isSignedBy,
  parseNote,
  parseVerifierKey,
  signNote,
  verifierKeyText,
  verifierOf,
} from '../../src/seals/signed-note.js';

/** The example that C2SP publishes with its description of signed notes. */
const published = {
  key: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  note: `This is an example message.

\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`,
};

const signer = (name: string) => ({ name, privateKey: generateKeyPairSync('ed25519').privateKey });

describe('A signed note', () => {
  it('that C2SP publishes as an example is signed by the key that it publishes', () => {
    const verifier = parseVerifierKey(published.key);
    expect(verifierKeyText(verifier)).toBe(published.key);
    const note = parseNote(published.note);
    expect(note.text).toBe('This is an example message.\n');
    expect(isSignedBy(note, verifier)).toBe(true);
    expect(isSignedBy({ ...note, text: 'This is an example massage.\n' }, verifier)).toBe(false);
  });

  it.each([0, 1])('that is refused is quoted without cutting a character (%s)', (shift) => {
    const line = `${'x'.repeat(shift)}${'😀'.repeat(100)}`;
    const refused = (): unknown => parseNote(`text\n\n${line}\n`);
    const said = `"${'x'.repeat(shift)}${'😀'.repeat(80 - shift)}" is no line with a signature.`;
    expect(refused).toThrow(said);
    expect(said.isWellFormed()).toBe(true);
  });

  it('is signed by all of its keys, and by no other, also not one of the same name', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const old = { name: 'log', privateKey };
    const note = signNote('one\ntwo\n', [old, signer('other')]);
    const verifier = verifierOf('log', publicKey);
    expect(isSignedBy(parseNote(note), verifier)).toBe(true);
    expect(isSignedBy(parseNote(note), parseVerifierKey(verifierKeyText(verifier)))).toBe(true);
    expect(isSignedBy(parseNote(note), verifierOf('log', generateKeyPairSync('ed25519').publicKey))).toBe(
      false,
    );
    expect(isSignedBy(parseNote(note.replace('two', 'tow')), verifier)).toBe(false);
  });

  it.each([
    ['without signatures', 'text\n'],
    ['with an empty place for them', 'text\n\n\n'],
    ['with a hyphen instead of a dash', published.note.replace('\u2014', '-')],
    ['with a signature that is no base64', published.note.replace('Uw2Q', 'Uw*Q')],
    ['without its last line break', published.note.trimEnd()],
    ['with a control character', published.note.replace('example m', 'example\tm')],
  ])('%s is refused', (_, text) => {
    expect(() => parseNote(text)).toThrow(/note|signature/);
  });

  it.each([
    ['of another hash', published.key.replace('530d903a', '530d903b')],
    [
      'of another kind',
      published.key.replace('AeKy', 'AuKy').replace('+AeK', '+AuK').replace('Aeky', 'Auky'),
    ],
    ['without a name', published.key.slice('example.com/foo'.length)],
    ['that was cut', published.key.slice(0, -8)],
  ])('is not checked with a key %s', (_, key) => {
    expect(() => parseVerifierKey(key)).toThrow(/key/);
  });
});

describe('A checkpoint', () => {
  const checkpoint = {
    origin: 'poolkeeper/one',
    size: 12,
    root: leafHash(Buffer.from('x')),
    at: '2026-01-02T03:04:05.006Z',
    occasion: 'stop',
  } as const;

  it('is read back as it was written, with or without the time and the occasion', () => {
    expect(parseCheckpoint(checkpointText(checkpoint))).toEqual(checkpoint);
    const bare = { ...checkpoint, at: null, occasion: null };
    expect(checkpointText(bare).split('\n')).toHaveLength(4);
    expect(parseCheckpoint(checkpointText(bare))).toEqual(bare);
  });

  it.each([
    ['no size', 'origin\n'],
    ['a size with a leading zero', checkpointText(checkpoint).replace('\n12\n', '\n012\n')],
    ['a size below nothing', checkpointText(checkpoint).replace('\n12\n', '\n-1\n')],
    ['a size beyond all numbers', checkpointText(checkpoint).replace('\n12\n', '\n9999999999999999\n')],
    ['no root', 'origin\n12\n'],
    ['a short root', 'origin\n12\nAAAA\n'],
  ])('with %s is refused', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow('A checkpoint has');
  });
});
