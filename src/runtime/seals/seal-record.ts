import type { Occasion } from '../../seals/checkpoint.js';

/** A seal as it is kept: one line of JSON. The note proves the first four members; the others help to find the place. */
export interface SealRecord {
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Events that it covers. */
  readonly size: number;
  /** 64 lower-case hexadecimal digits. */
  readonly root: string;
  readonly occasion: Occasion;
  /** Of the last event that it covers, in the store in which it was sealed. */
  readonly position: string;
  readonly stream: string;
  readonly revision: string;
  /** The signed note. */
  readonly note: string;
}

const texts = ['at', 'root', 'occasion', 'position', 'stream', 'revision', 'note'] as const;

/** Null for a line that is none, such as one that a power cut left unfinished. */
export function sealRecordIn(line: string): SealRecord | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is SealRecord {
  if (typeof value !== 'object' || value === null || !('size' in value)) return false;
  const members = new Map(Object.entries(value));
  return Number.isSafeInteger(value.size) && texts.every((name) => typeof members.get(name) === 'string');
}
