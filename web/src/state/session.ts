/** Who the reader is to the service, and what they may do. */
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AnswerOf } from '../../../src/contract/answers.js';
import { ask, forgetAnswers } from '../api/client.js';
import { keepKey, key, request, unproved, withKey } from '../api/request.js';
import { problemIn, unreachable, type Problem } from '../api/problem.js';

export type Session = AnswerOf<'session'>;

/** Null until it is known. */
export const session = signal<Session | null>(null);

const allowed = computed(() => new Set<string>(session.value?.mayDo ?? []));

/** Whether the reader may do it; while nobody knows, not. */
export const may = (operation: string): boolean => allowed.value.has(operation);

/** Milliseconds until it is asked for again where the service is away. */
const patience = 5_000;

/** Asks who the reader is, once and after each sign-in. */
export function useSession(): void {
  const isProved = unproved.value === null;
  const given = key.value;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const look = async (): Promise<void> => {
      const asked = await ask('session', '/v1/session');
      if (isOver) return;
      if ('value' in asked) session.value = asked.value;
      else if (asked.problem.status !== 401) timer = setTimeout(() => void look(), patience);
    };
    if (isProved) void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isProved, given]);
}

/** Goes on with a key, where the service knows it; else says why not. */
export async function signInWith(given: string): Promise<Problem | null> {
  try {
    const response = await fetch('/v1/session', { headers: withKey(given) });
    if (!response.ok) return await problemIn(response);
  } catch {
    return unreachable;
  }
  forgetAnswers();
  keepKey(given);
  unproved.value = null;
  return null;
}

/** Nothing that was shown to whoever was signed in stays in the page. */
export async function signOut(): Promise<void> {
  if (session.peek()?.provedBy === 'session') await request('/v1/session/sign-out', { method: 'POST' });
  keepKey(null);
  location.assign('/');
}
