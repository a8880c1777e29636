/** Every request of the page: with the key of this session, where the reader has given one. */
import { signal } from '@preact/signals';
import { problemIn, type Problem } from './problem.js';

const slot = 'poolkeeper-key';

/** Of this tab alone, and gone with it; never in the URL. */
export const key = signal<string | null>(sessionStorage.getItem(slot));

/** Why nobody is proved; null while the service believes who asks. */
export const unproved = signal<Problem | null>(null);

/** @param given null forgets the key */
export function keepKey(given: string | null): void {
  if (given === null) sessionStorage.removeItem(slot);
  else sessionStorage.setItem(slot, given);
  key.value = given;
}

export const withKey = (given: string | null): Readonly<Record<string, string>> =>
  given === null ? {} : { authorization: `Bearer ${given}` };

/** Like `fetch`. An answer 401 leads to the sign-in. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const asked = key.peek();
  const response = await fetch(path, {
    ...init,
    headers: { ...(init.headers as Readonly<Record<string, string>> | undefined), ...withKey(asked) },
  });
  // An answer to an earlier key says nothing about the one that is there now.
  if (response.status === 401 && asked === key.peek()) unproved.value = await problemIn(response.clone());
  return response;
}
