/** API keys: `pk_<id>.<secret>`. Of a key the service knows a hash only; 32 random bytes need no slow one. */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Role } from '../roles.js';

/** What a line of the file says of a key. Times are RFC 3339. */
export interface KeyEntry {
  readonly id: string;
  /** SHA-256 of the whole key, in hex. */
  readonly sha256: string;
  readonly role: Role;
  /** The name that events carry. */
  readonly actor: string;
  /** Names of pools in lower case; absent: all. */
  readonly pools?: readonly string[];
  readonly created?: string;
  /** From then on it is refused. */
  readonly expires?: string;
  /** Since then it is refused. */
  readonly revoked?: string;
  readonly note?: string;
}

export type KeyState = 'valid' | 'expired' | 'revoked';

export const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

const keyPattern = /^pk_([A-Za-z0-9][A-Za-z0-9_-]{0,63})\.[\x21-\x7e]{16,512}$/;

/** The id in a key; null where it has not the form of one. */
export const idOf = (key: string): string | null => keyPattern.exec(key)?.[1] ?? null;

export const newId = (): string => randomBytes(6).toString('hex');

export const newKey = (id: string): string => `pk_${id}.${randomBytes(32).toString('base64url')}`;

export const digestOf = (key: string): Buffer => hash('sha256', key, 'buffer');

/** Takes the same time whatever differs. */
export const isKeyOf = (digest: Buffer, { sha256 }: Pick<KeyEntry, 'sha256'>): boolean =>
  timingSafeEqual(digest, Buffer.from(sha256, 'hex'));

/** Whether a key holds at a time, in milliseconds. */
export function stateOf({ expires, revoked }: KeyEntry, now: number): KeyState {
  if (revoked !== undefined && Date.parse(revoked) <= now) return 'revoked';
  return expires !== undefined && Date.parse(expires) <= now ? 'expired' : 'valid';
}
