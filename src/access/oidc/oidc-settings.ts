/** What the service knows of its identity provider, from the settings. */
import { isLoopbackAddress } from '../open.js';
import { roleMapIn, type RoleMap } from '../role-map.js';

export interface OidcVariables {
  readonly OIDC_ISSUER: string;
  readonly OIDC_AUDIENCE: string;
  readonly OIDC_JWKS_URL: string;
  readonly OIDC_ACTOR_CLAIM: string;
  readonly OIDC_ROLE_CLAIM: string;
  readonly OIDC_ROLES: string;
  readonly OIDC_POOLS_CLAIM: string;
}

export interface ClaimRules {
  /** Claims with the name of the actor: the first that is there counts. */
  readonly actorClaims: readonly string[];
  readonly roleClaim: string;
  readonly roles: RoleMap;
  /** Null: everybody may have to do with all pools. */
  readonly poolsClaim: string | null;
}

export interface OidcSettings extends ClaimRules {
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** Where the keys are; null: the provider's discovery document says it. */
  readonly jwksUrl: string | null;
}

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/**
 * Null where there is no identity provider.
 * @throws Error with a sentence that names the setting
 */
export function oidcSettingsOf(variables: OidcVariables): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_JWKS_URL: jwksUrl } = variables;
  if (issuer === '') return null;
  const audiences = listed(variables.OIDC_AUDIENCE);
  if (audiences.length === 0) {
    throw new Error(
      'OIDC_ISSUER is set and OIDC_AUDIENCE is not: without it tokens for other services would be taken. Set it to what the identity provider calls this service.',
    );
  }
  const readFrom =
    jwksUrl === '' ? { name: 'OIDC_ISSUER', url: issuer } : { name: 'OIDC_JWKS_URL', url: jwksUrl };
  if (!isSafe(readFrom.url)) {
    throw new Error(
      `${readFrom.name} is read without encryption, so that anybody on the way could give the service keys of their own. Use an address that begins with https://.`,
    );
  }
  return {
    issuer,
    audiences,
    jwksUrl: jwksUrl === '' ? null : jwksUrl,
    actorClaims: listed(variables.OIDC_ACTOR_CLAIM),
    roleClaim: variables.OIDC_ROLE_CLAIM,
    roles: roleMapIn(variables.OIDC_ROLES, 'OIDC_ROLES'),
    poolsClaim: variables.OIDC_POOLS_CLAIM === '' ? null : variables.OIDC_POOLS_CLAIM,
  };
}

/** Whether nobody on the way can change what is read there: encrypted, of this machine, or a file. */
export function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  const name = hostname.replace(/^\[|\]$/g, '');
  return protocol !== 'http:' || name === 'localhost' || isLoopbackAddress(name);
}
