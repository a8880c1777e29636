import { hash } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import {
  isUnproved,
  type Authenticator,
  type Credentials,
  type Proof,
  type Unproved,
} from '../authenticator.js';
import type { Principal } from '../principal.js';
import { principalOfClaims } from './claims.js';
import { IssuerAwayError, type Issuer, type Provider } from './issuer.js';
import type { OidcSettings } from './oidc-settings.js';

/** `Authorization: Bearer …`, but for API keys, which others judge. */
const bearer = /^Bearer +(?!pk_)(\S+) *$/i;

/** Of a key pair: a secret that both sides know could be taken from the one who only checks. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Types of access tokens; many providers give none. */
const types: readonly unknown[] = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

/** Seconds by which clocks may differ. */
const tolerance = 60;
/** Milliseconds in which a token is not checked again. */
const remembered = 30_000;
const mostRemembered = 1_000;

/** Proves by bearer tokens of the identity provider who asks. */
export class TokenAuthenticator implements Authenticator {
  readonly challenge = 'Bearer';
  private readonly recent = new Map<string, { readonly principal: Principal; readonly until: number }>();

  constructor(
    private readonly settings: OidcSettings,
    private readonly issuer: Issuer,
    private readonly now: () => number = Date.now,
  ) {}

  prove({ headers }: Credentials): Proof | Promise<Proof> {
    const [, token] = bearer.exec(headers.authorization ?? '') ?? [];
    if (token === undefined) return null;
    const digest = hash('sha256', token, 'base64');
    const known = this.recent.get(digest);
    return known !== undefined && known.until > this.now() ? known.principal : this.judge(token, digest);
  }

  private async judge(token: string, digest: string): Promise<Proof> {
    try {
      const claims = await this.claimsOf(token);
      const proof = principalOfClaims(claims, this.settings, 'token');
      if (isUnproved(proof)) return { ...proof, ...invalid };
      this.remember(digest, proof, Number(claims.exp) * 1_000);
      return proof;
    } catch (error) {
      return refusalOf(error);
    }
  }

  private async claimsOf(token: string): Promise<JWTPayload> {
    const provider = await this.issuer.provider();
    try {
      return await this.verified(token, provider);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const renewed = await this.issuer.renewed();
      if (renewed === null) throw error;
      return await this.verified(token, renewed);
    }
  }

  private async verified(token: string, { keys, issuers }: Provider): Promise<JWTPayload> {
    const options: JWTVerifyOptions = {
      algorithms,
      issuer: [...issuers],
      audience: [...this.settings.audiences],
      clockTolerance: tolerance,
      requiredClaims: ['exp'],
      currentDate: new Date(this.now()),
    };
    const { payload, protectedHeader } = await verifiedByAny(token, keys, options);
    if (!types.includes(protectedHeader.typ?.toLowerCase())) throw new WrongTypeError();
    return payload;
  }

  private remember(digest: string, principal: Principal, expires: number): void {
    if (this.recent.size >= mostRemembered) this.recent.clear();
    this.recent.set(digest, { principal, until: Math.min(this.now() + remembered, expires) });
  }
}

class WrongTypeError extends Error {}

/** A token that does not say which key signed it is tried with each that could have. */
async function verifiedByAny(
  token: string,
  keys: Provider['keys'],
  options: JWTVerifyOptions,
): ReturnType<typeof jwtVerify> {
  try {
    return await jwtVerify(token, keys, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return await jwtVerify(token, key, options);
      } catch (fault) {
        if (!(fault instanceof errors.JWSSignatureVerificationFailed)) throw fault;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

const invalid = { challenge: 'Bearer error="invalid_token"' } as const;

/** What is said of a token that proves nothing. No part of it is repeated. */
function refusalOf(error: unknown): Unproved {
  if (error instanceof IssuerAwayError) {
    const detail = `${error.message}, so that tokens cannot be checked now. API keys can.`;
    return { reason: 'issuer-away', detail, isAway: true };
  }
  return { ...described(error), ...invalid };
}

function described(error: unknown): Pick<Unproved, 'reason' | 'detail'> {
  if (error instanceof errors.JWTExpired) {
    return { reason: 'expired-token', detail: 'The token has expired. Sign in again for another one.' };
  }
  if (error instanceof errors.JWTClaimValidationFailed) return ofClaim(error.claim);
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed) {
    return {
      reason: 'wrong-token',
      detail: 'The token is not signed by the identity provider of this service.',
    };
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return { reason: 'wrong-token', detail: 'The token is signed by an algorithm that is not taken here.' };
  }
  if (error instanceof WrongTypeError) {
    return { reason: 'wrong-token', detail: 'The token is of another type than an access token.' };
  }
  return {
    reason: 'wrong-token',
    detail:
      'The bearer token is neither an API key of this service nor a token (JWT) of its identity provider.',
  };
}

function ofClaim(claim: string): Pick<Unproved, 'reason' | 'detail'> {
  switch (claim) {
    case 'iss':
      return { reason: 'wrong-issuer', detail: 'The token is of another issuer than OIDC_ISSUER.' };
    case 'aud':
      return { reason: 'wrong-audience', detail: 'The token is for another audience than OIDC_AUDIENCE.' };
    case 'exp':
      return { reason: 'wrong-token', detail: 'The token does not say when it expires (exp).' };
    case 'nbf':
      return { reason: 'early-token', detail: 'The token does not hold yet (nbf): compare the clocks.' };
    default:
      return { reason: 'wrong-token', detail: `The claim ${claim} of the token does not hold.` };
  }
}
