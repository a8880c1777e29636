/** The text that a seal signs: a checkpoint of C2SP (tlog-checkpoint), with the time and the reason as further lines. */
import { MalformedNoteError } from './signed-note.js';
import type { Hash } from './merkle-tree.js';

/** Why a seal was made. */
export const occasions = ['start', 'interval', 'lifecycle', 'stop', 'rotation', 'renewal'] as const;
export type Occasion = (typeof occasions)[number];

export interface Checkpoint {
  /** The name of the log. */
  readonly origin: string;
  /** Events. */
  readonly size: number;
  readonly root: Hash;
  /** RFC 3339, UTC; null in a checkpoint of somebody else's. */
  readonly at: string | null;
  readonly occasion: Occasion | null;
}

const SIZE = /^(0|[1-9][0-9]{0,15})$/;
const ROOT = /^[A-Za-z0-9+/]{43}=$/;
const isOccasion = (word: string | undefined): word is Occasion => occasions.some((one) => one === word);

export function checkpointText({ origin, size, root, at, occasion }: Checkpoint): string {
  const lines = [origin, String(size), root.toString('base64')];
  if (at !== null) lines.push(`at ${at}`);
  if (occasion !== null) lines.push(`occasion ${occasion}`);
  return `${lines.join('\n')}\n`;
}

/** @throws MalformedNoteError */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  const further = rest.slice(0, -1);
  if (origin === '' || !SIZE.test(size) || !Number.isSafeInteger(Number(size)) || !ROOT.test(root)) {
    throw new MalformedNoteError(
      'A checkpoint has the name of the log, its size and its root in its first three lines.',
    );
  }
  if (further.includes('')) throw new MalformedNoteError('A checkpoint has no empty lines.');
  const valueOf = (word: string): string | undefined =>
    further.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1);
  const occasion = valueOf('occasion');
  return {
    origin,
    size: Number(size),
    root: Buffer.from(root, 'base64'),
    at: valueOf('at') ?? null,
    occasion: isOccasion(occasion) ? occasion : null,
  };
}
