import type { Authenticator, Credentials, Proof } from '../authenticator.js';
import { cookieIn } from './cookies.js';
import type { SessionStore } from './session-store.js';

/** Proves by the cookie of a session who asks. A session that is over proves as little as none. */
export class SessionAuthenticator implements Authenticator {
  readonly challenge = null;
  readonly signIn = '/v1/session/sign-in';

  constructor(
    private readonly sessions: SessionStore,
    /** Of the cookie. */
    private readonly name: string,
  ) {}

  prove({ method, headers }: Credentials): Proof {
    const id = cookieIn(headers.cookie, this.name);
    const principal = id === null ? null : this.sessions.find(id);
    if (principal === null) return null;
    // Browsers send the cookie by themselves: what changes something has to say which page it comes from. Origin itself
    // was looked at before.
    const isSafe = method === 'GET' || method === 'HEAD';
    if (isSafe || headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin')
      return principal;
    return {
      reason: 'no-origin',
      detail: 'A session may change something only from a page of the service: the header Origin is missing.',
      client: principal.client,
      isKnown: true,
    };
  }
}
