/**
 * Who is signed in. The browser has an identifier that tells nothing; here is only its hash, in memory, so that neither
 * a file nor a dump of it gives a session away. A restart ends all sessions.
 */
import { hash, randomBytes } from 'node:crypto';
import type { Principal } from '../principal.js';

export interface SessionLimits {
  /** Milliseconds without a request. */
  readonly idle: number;
  /** Milliseconds since the sign-in. */
  readonly whole: number;
  /** Beyond them the one that was used least lately ends. */
  readonly most?: number;
}

interface Session {
  readonly principal: Principal;
  readonly began: number;
  seen: number;
}

export class SessionStore {
  /** By the hash of the identifier; the one used last comes last. */
  private readonly sessions = new Map<string, Session>();

  constructor(
    private readonly limits: SessionLimits,
    private readonly now: () => number = Date.now,
  ) {}

  get size(): number {
    return this.sessions.size;
  }

  /** Returns the identifier, which is nowhere else. */
  open(principal: Principal): string {
    this.endOld();
    const id = randomBytes(32).toString('base64url');
    const now = this.now();
    this.sessions.set(keyOf(id), { principal, began: now, seen: now });
    return id;
  }

  /** Whose session it is, which was used by that; null where there is none, or none any more. */
  find(id: string): Principal | null {
    const key = keyOf(id);
    const session = this.sessions.get(key);
    if (session === undefined) return null;
    this.sessions.delete(key);
    if (this.isOver(session)) return null;
    session.seen = this.now();
    this.sessions.set(key, session);
    return session.principal;
  }

  /** Whose session it was. */
  close(id: string): Principal | null {
    const principal = this.find(id);
    this.sessions.delete(keyOf(id));
    return principal;
  }

  private isOver({ began, seen }: Session): boolean {
    const now = this.now();
    return now - seen >= this.limits.idle || now - began >= this.limits.whole;
  }

  /** Those that are over, from the one used least lately, and as many as make room for one. */
  private endOld(): void {
    const { most = 10_000 } = this.limits;
    for (const [key, session] of this.sessions) {
      if (!this.isOver(session) && this.sessions.size < most) return;
      this.sessions.delete(key);
    }
  }
}

const keyOf = (id: string): string => hash('sha256', id, 'base64');
