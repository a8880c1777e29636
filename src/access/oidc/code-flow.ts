/** The sign-in of people at the identity provider: authorization code with PKCE, state and nonce. */
import * as client from 'openid-client';
import type { Claims } from './claims.js';
import { IssuerAwayError } from './issuer.js';
import { isSafe } from './oidc-settings.js';

export interface CodeFlowSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a client without one. */
  readonly clientSecret: string | null;
  /** With spaces in between. */
  readonly scopes: string;
}

/** What has to be known when somebody comes back. */
export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The sign-in did not succeed, with a sentence for whoever tried it. */
export class SignInFailedError extends Error {}

/** Seconds. */
const patience = 5;

export class CodeFlow {
  private provider: Promise<client.Configuration> | null = null;

  constructor(private readonly settings: CodeFlowSettings) {}

  /**
   * @returns where the browser is to go, and what is to be kept until it comes back
   * @throws IssuerAwayError
   */
  async begin(redirectUri: string): Promise<{ readonly to: string; readonly begun: Begun }> {
    const provider = await this.discovered();
    const begun = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const to = client.buildAuthorizationUrl(provider, {
      redirect_uri: redirectUri,
      scope: this.settings.scopes,
      code_challenge: await client.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      state: begun.state,
      nonce: begun.nonce,
    });
    return { to: to.href, begun };
  }

  /**
   * @param address with which the browser came back
   * @returns what the identity token says, which the provider has signed
   * @throws IssuerAwayError, SignInFailedError
   */
  async finish(address: URL, { state, nonce, verifier }: Begun): Promise<Claims> {
    const provider = await this.discovered();
    try {
      const tokens = await client.authorizationCodeGrant(provider, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      return tokens.claims() ?? {};
    } catch (error) {
      throw faultOf(error);
    }
  }

  private async discovered(): Promise<client.Configuration> {
    this.provider ??= this.discover();
    try {
      return await this.provider;
    } catch (error) {
      this.provider = null;
      throw new IssuerAwayError(reasonOf(error));
    }
  }

  private discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const url = new URL(issuer);
    const isOnThisMachine = url.protocol === 'http:' && isSafe(issuer);
    return client.discovery(
      url,
      clientId,
      clientSecret ?? undefined,
      clientSecret === null ? client.None() : client.ClientSecretPost(clientSecret),
      {
        timeout: patience,
        execute: [
          client.enableNonRepudiationChecks,
          ...(isOnThisMachine ? [client.allowInsecureRequests] : []),
        ],
      },
    );
  }
}

/** Nothing of what the provider wrote is repeated but its word for the error. */
function faultOf(error: unknown): Error {
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError) {
    const word = /^[a-z_]{1,40}$/.test(error.error) ? error.error : 'an error';
    return new SignInFailedError(`The identity provider answered ${word}.`);
  }
  const isTimeout = error instanceof client.ClientError && error.code === 'OAUTH_TIMEOUT';
  if (isTimeout || isFetchFault(error)) return new IssuerAwayError(reasonOf(error));
  return new SignInFailedError('What the identity provider answered does not fit this sign-in.');
}

/** fetch throws a TypeError with its cause where nobody answers. */
const isFetchFault = (error: unknown): boolean => error instanceof TypeError && error.cause !== undefined;

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
