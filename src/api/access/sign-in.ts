import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessLog } from '../../access/access-log.js';
import { isUnproved } from '../../access/authenticator.js';
import { principalOfClaims } from '../../access/oidc/claims.js';
import { SignInFailedError, type Begun, type CodeFlow } from '../../access/oidc/code-flow.js';
import { IssuerAwayError } from '../../access/oidc/issuer.js';
import type { ClaimRules } from '../../access/oidc/oidc-settings.js';
import type { Principal } from '../../access/principal.js';
import { cookieIn, cookieNames, setCookie } from '../../access/sessions/cookies.js';
import { Seal } from '../../access/sessions/sealed.js';
import type { SessionStore } from '../../access/sessions/session-store.js';
import { forbidden, signInAway, signInFailed } from '../http/access-problems.js';
import { noteRefusal } from './refusals.js';

export interface SignInParts {
  readonly flow: CodeFlow;
  readonly rules: ClaimRules;
  readonly sessions: SessionStore;
  readonly log: AccessLog;
  /** Whether people reach the service over https. */
  readonly isSecure: boolean;
  /** Without a slash at its end; null: the host that a request names, which has been checked. */
  readonly publicUrl: string | null;
}

/** What the browser keeps, sealed, while it is at the identity provider. */
interface Kept extends Begun {
  readonly returnTo: string;
  readonly redirectUri: string;
  /** Milliseconds. */
  readonly until: number;
}

/** Seconds. */
const timeToSignIn = 600;

/** Signs people in and out: from here to the identity provider, back with a code, and home with a session. */
export class SignIn {
  private readonly seal = new Seal();
  private readonly names: ReturnType<typeof cookieNames>;

  constructor(private readonly parts: SignInParts) {
    this.names = cookieNames(parts.isSecure);
  }

  /** @throws ProblemError 503 where the identity provider is away */
  async begin(request: FastifyRequest, reply: FastifyReply, returnTo: string): Promise<void> {
    const redirectUri = this.callbackOf(request);
    const { to, begun } = await this.parts.flow.begin(redirectUri).catch((error: unknown) => {
      throw this.problemOf(request, error);
    });
    const kept: Kept = { ...begun, returnTo, redirectUri, until: Date.now() + timeToSignIn * 1_000 };
    // Lax, for the browser comes back from another site.
    const cookie = this.cookie('signIn', this.seal.close(kept), timeToSignIn);
    void reply.headers({ 'cache-control': 'no-store', 'set-cookie': cookie }).redirect(to, 302);
  }

  /** @throws ProblemError 400, 403 or 503 where nobody is signed in */
  async finish(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const kept = this.keptBy(request);
    if (kept === null) {
      const sentence = 'This browser has not begun the sign-in here, or more than ten minutes ago.';
      throw this.problemOf(request, new SignInFailedError(sentence));
    }
    const address = new URL(kept.redirectUri);
    address.search = new URL(request.url, kept.redirectUri).search;
    const principal = await this.signedIn(request, address, kept);
    const session = this.parts.sessions.open(principal);
    this.parts.log.record({ kind: 'signed-in', client: principal.client, actor: principal.actor });
    const cookies = [this.cookie('session', session), this.cookie('signIn', '')];
    void reply.headers({ 'cache-control': 'no-store', 'set-cookie': cookies }).redirect(kept.returnTo, 302);
  }

  /** Also where there is no session any more. */
  end(request: FastifyRequest, reply: FastifyReply): void {
    const id = cookieIn(request.headers.cookie, this.names.session);
    const principal = id === null ? null : this.parts.sessions.close(id);
    if (principal !== null) {
      this.parts.log.record({ kind: 'signed-out', client: principal.client, actor: principal.actor });
    }
    void reply.code(204).header('set-cookie', this.cookie('session', '')).send();
  }

  private async signedIn(request: FastifyRequest, address: URL, kept: Kept): Promise<Principal> {
    try {
      const claims = await this.parts.flow.finish(address, kept);
      const proof = principalOfClaims(claims, this.parts.rules, 'session');
      if (!isUnproved(proof)) return proof;
      if (proof.isKnown !== true) throw new SignInFailedError(proof.detail);
      noteRefusal(request, proof);
      throw forbidden({ detail: proof.detail, required: { role: 'viewer' } });
    } catch (error) {
      throw this.problemOf(request, error);
    }
  }

  private keptBy({ headers }: FastifyRequest): Kept | null {
    const sealed = cookieIn(headers.cookie, this.names.signIn);
    const kept = sealed === null ? null : (this.seal.open(sealed) as Kept | null);
    return kept !== null && kept.until > Date.now() ? kept : null;
  }

  /** The same route, of the service as the browser reaches it. */
  private callbackOf({ url, headers, protocol }: FastifyRequest): string {
    const base = this.parts.publicUrl ?? `${protocol}://${headers.host ?? ''}`;
    return `${base}${(url.split('?')[0] ?? '').replace(/sign-in$/, 'callback')}`;
  }

  private cookie(which: 'session' | 'signIn', value: string, age?: number): string {
    const { isSecure } = this.parts;
    const sameSite = which === 'session' ? 'Strict' : 'Lax';
    return setCookie({
      name: this.names[which],
      value,
      isSecure,
      sameSite,
      ...(age === undefined ? {} : { age }),
    });
  }

  private problemOf(request: FastifyRequest, error: unknown): unknown {
    if (error instanceof IssuerAwayError) {
      new Logger('Access').error(error.message);
      return signInAway(`${error.message}, so that nobody can sign in now. API keys hold.`);
    }
    if (!(error instanceof SignInFailedError)) return error;
    noteRefusal(request, { reason: 'failed-sign-in', detail: error.message });
    return signInFailed(error.message, this.cookie('signIn', ''));
  }
}
