import type { Authenticator, Credentials, Proof } from '../authenticator.js';
import { isActor } from '../keys/key-lines.js';
import { roleAmong, roleMapIn, type RoleMap } from '../role-map.js';
import type { TrustedProxies } from './trusted-proxies.js';

export interface ProxyVariables {
  readonly TRUSTED_PROXIES: string;
  readonly PROXY_USER_HEADER: string;
  readonly PROXY_GROUPS_HEADER: string;
  readonly PROXY_ROLES: string;
}

export interface ProxySettings {
  readonly proxies: TrustedProxies;
  /** Names of headers, in lower case. */
  readonly userHeader: string;
  readonly groupsHeader: string | null;
  readonly roles: RoleMap;
}

/**
 * Null where no proxy signs people in.
 * @throws Error with a sentence that names the setting
 */
export function proxySettingsOf(variables: ProxyVariables, proxies: TrustedProxies): ProxySettings | null {
  const { PROXY_USER_HEADER: user, PROXY_GROUPS_HEADER: groups, PROXY_ROLES, TRUSTED_PROXIES } = variables;
  if (user === '') return null;
  if (TRUSTED_PROXIES.trim() === '') {
    throw new Error(
      `PROXY_USER_HEADER is ${user} and TRUSTED_PROXIES is empty: nobody's header would be believed. Set TRUSTED_PROXIES to the address of the proxy.`,
    );
  }
  const roles = roleMapIn(PROXY_ROLES, 'PROXY_ROLES');
  if (roles.length === 0 && groups === '') {
    throw new Error(
      `PROXY_USER_HEADER is ${user} and PROXY_ROLES is empty: nobody would have a role. Set PROXY_ROLES, such as *=viewer for everybody.`,
    );
  }
  return {
    proxies,
    userHeader: user.toLowerCase(),
    groupsHeader: groups === '' ? null : groups.toLowerCase(),
    roles,
  };
}

/** Believes a trusted proxy, which has signed in whoever asks, and nobody else who sends the same header. */
export class ProxyAuthenticator implements Authenticator {
  readonly challenge = null;

  constructor(private readonly settings: ProxySettings) {}

  prove({ headers, address }: Credentials): Proof {
    const { proxies, userHeader, groupsHeader, roles } = this.settings;
    const given = headers[userHeader];
    if (given === undefined || !proxies.has(address)) return null;
    const actor = typeof given === 'string' ? textOf(given) : '';
    if (actor === '') return null;
    // Two headers of one name: one of them may be the client's own.
    if (!isActor(actor) || isRepeated(given)) {
      return {
        reason: 'wrong-user',
        detail: `The proxy names nobody in ${userHeader} who could be an actor.`,
      };
    }
    const client = `proxy:${actor.toLowerCase()}`;
    const groups = groupsHeader === null ? [] : groupsIn(headers[groupsHeader]);
    const role = roleAmong(groups, roles);
    if (role === null) {
      const detail = `${actor} has no role here: none of the groups that the proxy names leads to one (PROXY_ROLES).`;
      return { reason: 'no-role', detail, client, isKnown: true };
    }
    return { actor, role, pools: null, provedBy: 'proxy', client };
  }
}

/** Node joins headers of the same name. */
const isRepeated = (header: string | readonly string[]): boolean =>
  typeof header !== 'string' || header.includes(', ');

/** Headers arrive as Latin-1; proxies send UTF-8. */
function textOf(header: string): string {
  const utf8 = Buffer.from(header, 'latin1').toString('utf8');
  return (utf8.includes('\uFFFD') ? header : utf8).trim();
}

const groupsIn = (header: string | readonly string[] | undefined): readonly string[] =>
  [header ?? []]
    .flat()
    .flatMap((text) => textOf(text).split(/[,;]/))
    .map((group) => group.trim())
    .filter((group) => group !== '');
