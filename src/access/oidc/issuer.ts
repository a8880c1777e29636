/**
 * The keys of the identity provider. They are read when they are first needed, again from time to time, and when a
 * token names a key that is not among them. Where the provider is away, the keys that are known stay in force.
 */
import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';

export interface Provider {
  /** What `iss` may be: AD FS signs access tokens under another name than the one it is found by. */
  readonly issuers: readonly string[];
  readonly keys: ReturnType<typeof createLocalJWKSet>;
}

export class IssuerAwayError extends Error {
  constructor(reason: string) {
    super(`The identity provider cannot be reached: ${reason}`);
    this.name = 'IssuerAwayError';
  }
}

export interface IssuerOptions {
  readonly issuer: string;
  readonly jwksUrl: string | null;
  /** In milliseconds. */
  readonly now?: () => number;
  /** Called once where the provider is away, and with null once it is back. */
  readonly onFault?: (reason: string | null) => void;
}

/** Milliseconds. */
const renewAfter = 10 * 60_000;
const pauseBetweenTries = 5_000;
const pauseForUnknownKeys = 30_000;
const patience = 5_000;

export class Issuer {
  private known: Provider | null = null;
  private readAt = -Infinity;
  private triedAt = -Infinity;
  private underWay: Promise<Provider> | null = null;
  /** Why it cannot be reached; null where the last try went well. */
  private reason: string | null = null;

  constructor(private readonly options: IssuerOptions) {}

  /** Why the provider could not be reached at the last try. */
  get fault(): string | null {
    return this.reason;
  }

  /** @throws IssuerAwayError where nothing is known yet */
  async provider(): Promise<Provider> {
    if (this.known === null) return await this.read();
    const isOld = this.now() - this.readAt > renewAfter && this.mayTry(pauseBetweenTries);
    // Nobody waits for it: what is known holds.
    if (isOld) this.read().catch(() => undefined);
    return this.known;
  }

  /** For a token whose key is not known. Null where the keys were read a moment ago, or cannot be read. */
  async renewed(): Promise<Provider | null> {
    if (this.underWay === null && !this.mayTry(pauseForUnknownKeys)) return null;
    try {
      return await this.read();
    } catch {
      return null;
    }
  }

  private now(): number {
    return this.options.now?.() ?? Date.now();
  }

  private mayTry(pause: number): boolean {
    return this.now() - this.triedAt >= pause;
  }

  /** One at a time, for all who wait. */
  private async read(): Promise<Provider> {
    if (this.underWay !== null) return await this.underWay;
    if (this.known === null && this.reason !== null && !this.mayTry(pauseBetweenTries)) {
      throw new IssuerAwayError(this.reason);
    }
    this.triedAt = this.now();
    this.underWay = this.readNow();
    try {
      return await this.underWay;
    } finally {
      this.underWay = null;
    }
  }

  private async readNow(): Promise<Provider> {
    try {
      const { issuer, jwksUrl } = this.options;
      const { issuers, jwks } =
        jwksUrl === null ? await discovered(issuer) : { issuers: [issuer], jwks: jwksUrl };
      const keys = createLocalJWKSet((await documentAt(jwks)) as JSONWebKeySet);
      this.known = { issuers, keys };
      this.readAt = this.now();
      if (this.reason !== null) this.options.onFault?.(null);
      this.reason = null;
      return this.known;
    } catch (error) {
      const reason = reasonOf(error);
      if (this.reason === null) this.options.onFault?.(reason);
      this.reason = reason;
      throw new IssuerAwayError(reason);
    }
  }
}

async function discovered(issuer: string): Promise<{ issuers: readonly string[]; jwks: string }> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = (await documentAt(address)) as Readonly<Record<string, unknown>>;
  const { issuer: named, access_token_issuer: ofTokens, jwks_uri: jwks } = document;
  if (typeof named !== 'string' || named.replace(/\/$/, '') !== issuer.replace(/\/$/, '')) {
    throw new Error(`${address} is of the issuer ${String(named)}, and OIDC_ISSUER is ${issuer}`);
  }
  if (typeof jwks !== 'string') throw new Error(`${address} has no jwks_uri`);
  return { issuers: typeof ofTokens === 'string' ? [named, ofTokens] : [named], jwks };
}

async function documentAt(address: string): Promise<unknown> {
  const url = new URL(address);
  if (url.protocol === 'file:') return JSON.parse(await readFile(url, 'utf8'));
  const answer = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return await answer.json();
}

/** fetch hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
