/** The problem documents of access. */
import type { Forbidden, Required } from '../../access/judgement.js';
import type { Limited } from '../../access/limits/client-limits.js';
import type { ProvedBy } from '../../access/principal.js';
import type { Role } from '../../access/roles.js';
import { ProblemError } from './errors.js';
import { problem } from './problems.js';

const requiredBody = ({ role, pools }: Required): { role: string; pools?: string | string[] } => ({
  role,
  ...(pools === undefined ? {} : { pools: pools === 'all' ? pools : [...pools] }),
});

/** How somebody may prove who they are. */
interface WaysToProve {
  readonly challenges: readonly string[];
  /** The path where a browser signs in; null where none does. */
  readonly signIn: string | null;
}

/** 401: nobody is proved. */
export const unauthenticated = (
  detail: string,
  required: Required,
  { challenges, signIn }: WaysToProve,
): ProblemError =>
  new ProblemError(
    problem(401, 'unauthenticated', {
      detail,
      required: requiredBody(required),
      ...(signIn === null ? {} : { signIn }),
    }),
    challenges.length === 0 ? {} : { 'www-authenticate': challenges.join(', ') },
  );

/** 501: nobody signs in with a browser. */
export const noSignIn = (): ProblemError =>
  new ProblemError(
    problem(501, 'no-sign-in', {
      title: 'Nobody signs in with a browser here',
      detail: 'OIDC_ISSUER and OIDC_CLIENT_ID are not both set; use an API key.',
    }),
  );

/** 400: whoever came back from the identity provider is not signed in. */
export const signInFailed = (sentence: string, cookie: string): ProblemError =>
  new ProblemError(
    problem(400, 'sign-in-failed', {
      title: 'The sign-in did not succeed',
      detail: `${sentence} Begin at /v1/session/sign-in again.`,
      errors: [{ pointer: '', detail: sentence }],
    }),
    { 'set-cookie': cookie },
  );

/** 503: whoever could judge what was sent is away. */
export const signInAway = (detail: string): ProblemError =>
  new ProblemError(problem(503, 'sign-in-away', { detail, retryAfter: 5 }));

/** 429: the client asks too often. */
export const tooManyRequests = ({ policy, burst, window, seconds }: Limited): ProblemError => {
  const whose = { client: 'A client', address: 'An address that proves nothing' }[policy];
  const detail =
    whose === undefined
      ? `Too many credentials of this address proved nothing; it may try again in ${seconds} s.`
      : `${whose} may send ${burst} requests in ${window} s; it may try again in ${seconds} s.`;
  return new ProblemError(
    problem(429, 'too-many-requests', { title: 'Too many requests', detail, retryAfter: seconds }),
  );
};

/** 403: whoever is proved may not. */
export const forbidden = ({ detail, required }: Forbidden): ProblemError =>
  new ProblemError(problem(403, 'forbidden', { detail, required: requiredBody(required) }));

/** 403: X-Actor names another than the one who is proved. */
export const otherActor = (actor: string, provedBy: ProvedBy): ProblemError =>
  new ProblemError(
    problem(403, 'other-actor', {
      detail: `The header X-Actor names another than ${actor}, whom the ${provedBy} proves and whom events name. Leave X-Actor (on the command line, --actor) out.`,
      required: { role: 'operator', actor },
    }),
  );

/** 403: a page of another site makes the browser ask. */
export const foreignOrigin = (origin: string | undefined, role: Role): ProblemError => {
  const page = origin === undefined || origin === 'null' ? 'another site' : origin.slice(0, 200);
  const detail = `A page of ${page} makes the browser send this. Only pages of the service itself may, under the name that the request goes to or that of PUBLIC_URL.`;
  return new ProblemError(problem(403, 'foreign-origin', { detail, required: { role } }));
};

/** 421: the service does not go by this name. */
export const misdirected = (host: string | undefined): ProblemError => {
  const name = (host ?? '').replace(/:\d*$/, '').slice(0, 200);
  const detail =
    name === ''
      ? 'The request names no host.'
      : `The service is not called ${name}. Where people reach it by this name, set ALLOWED_HOSTS=${name}, or PUBLIC_URL.`;
  return new ProblemError(problem(421, 'misdirected', { detail }));
};
