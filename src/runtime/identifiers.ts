import { hash, randomUUID } from 'node:crypto';

/** Where ids come from; handed in, so that tests and the example generator repeat themselves. */
export type IdSource = () => string;

export const randomIds: IdSource = () => randomUUID();

/** A UUID (version 8, RFC 9562) that is always the same for the same text: what makes a repeated append the same append. */
export function uuidOf(text: string): string {
  const digest = hash('sha256', text, 'hex');
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
