/** Who somebody is, by what a token says. Its signature, issuer, audience and times are checked before. */
import type { Unproved } from '../authenticator.js';
import { isActor } from '../keys/key-lines.js';
import { foldedPool, type Principal, type ProvedBy } from '../principal.js';
import { roleAmong } from '../role-map.js';
import type { ClaimRules } from './oidc-settings.js';

export type Claims = Readonly<Record<string, unknown>>;

export function principalOfClaims(
  claims: Claims,
  rules: ClaimRules,
  provedBy: ProvedBy,
): Principal | Unproved {
  const { actorClaims, roleClaim, poolsClaim } = rules;
  const actor = actorClaims.map((name) => claimIn(claims, name)).find(isActor);
  if (actor === undefined) {
    const detail = `The token names nobody: it has none of the claims ${actorClaims.join(', ')} (OIDC_ACTOR_CLAIM).`;
    return { reason: 'no-actor', detail };
  }
  const client = clientOf(claims, actor);
  const role = roleAmong(textsIn(claimIn(claims, roleClaim)), rules.roles);
  if (role === null) {
    const detail = `${actor} has no role here: no value of the claim ${roleClaim} leads to one (OIDC_ROLE_CLAIM, OIDC_ROLES).`;
    return { reason: 'no-role', detail, client, isKnown: true };
  }
  const pools = poolsClaim === null ? [everyPool] : poolNamesIn(claimIn(claims, poolsClaim));
  if (pools.length === 0) {
    const detail = `The token of ${actor} names no pools in the claim ${String(poolsClaim)} (OIDC_POOLS_CLAIM).`;
    return { reason: 'no-pools', detail, client, isKnown: true };
  }
  return {
    actor,
    role,
    pools: pools.includes(everyPool) ? null : new Set(pools.map(foldedPool)),
    provedBy,
    client,
  };
}

const everyPool = '*';

/** AD FS leaves `sub` out of some tokens. */
const clientOf = ({ iss, sub }: Claims, actor: string): string =>
  `token:${String(iss)}#${typeof sub === 'string' && sub !== '' ? sub : actor}`;

/** By its whole name, which may be an address with dots; or by the way to it, such as `realm_access.roles`. */
function claimIn(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const step of name.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A claim that has one value is often a text and no list. */
const textsIn = (claim: unknown): readonly string[] =>
  [claim].flat().filter((value): value is string => typeof value === 'string');

const poolNamesIn = (claim: unknown): readonly string[] =>
  textsIn(claim)
    .flatMap((text) => text.split(/[\s,]+/))
    .filter((name) => name !== '');
