/** How somebody proves who they are: an ordered list of authenticators is asked, and the first that answers decides. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from './principal.js';

/** What an authenticator sees of a request. The body has not been read. */
export interface Credentials {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly headers: Readonly<IncomingHttpHeaders>;
  /** Of the other end of the connection; empty where it has none. Not what a forwarding header says. */
  readonly address: string;
}

/** Credentials that prove nothing: wrong, expired, revoked. */
export interface Unproved {
  /** A sentence for the one who asks. It does not say whether an id exists, and holds no part of a secret. */
  readonly detail: string;
  /** A word for the access log and the metrics, such as `wrong-key`, `expired-key`. */
  readonly reason: string;
  /** The client where that much is known, such as `key:<id>`; the address where it is absent. */
  readonly client?: string;
  /** The challenge of `WWW-Authenticate`, where it says more than those of all authenticators. */
  readonly challenge?: string;
  /** It is known who asks, and that one may do nothing here. */
  readonly isKnown?: true;
  /** Nothing can be said now, because whoever could judge it is away. */
  readonly isAway?: true;
}

export const isUnproved = (proof: Principal | Unproved): proof is Unproved => 'reason' in proof;

/**
 * Null: the request has nothing that this authenticator judges, the next one is asked. Answers at once where it can,
 * because every request waits for it.
 */
export type Proof = Principal | Unproved | null;

export interface Authenticator {
  /** The challenge of `WWW-Authenticate` for a request without credentials, such as `Bearer`; null where there is none. */
  readonly challenge: string | null;
  /** The path where a browser signs in; absent where none does. */
  readonly signIn?: string;
  prove(credentials: Credentials): Proof | Promise<Proof>;
}
