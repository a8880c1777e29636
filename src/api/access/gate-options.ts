import { Logger } from '@nestjs/common';
import { AccessLog } from '../../access/access-log.js';
import type { Authenticator } from '../../access/authenticator.js';
import { HostRules } from '../../access/hosts.js';
import { KeyAuthenticator } from '../../access/keys/key-authenticator.js';
import type { KeyEntry } from '../../access/keys/key.js';
import { KeyRing, type KeyChange } from '../../access/keys/key-ring.js';
import { ClientLimits, type LimitSettings } from '../../access/limits/client-limits.js';
import { Issuer } from '../../access/oidc/issuer.js';
import { oidcSettingsOf, type OidcSettings } from '../../access/oidc/oidc-settings.js';
import { TokenAuthenticator } from '../../access/oidc/token-authenticator.js';
import { ProxyAuthenticator, proxySettingsOf } from '../../access/proxy/proxy-authenticator.js';
import { TrustedProxies } from '../../access/proxy/trusted-proxies.js';
import { readConfiguration, type Configuration } from '../../configuration.js';
import type { PoolkeeperModuleOptions } from '../services/options.js';
import type { GateOptions } from './access-gate.js';
import type { SignIn } from './sign-in.js';
import { browserAccessOf } from './sign-in-options.js';

/** What configuration and application say together about access. */
export interface AccessParts {
  readonly gate: GateOptions;
  readonly hosts: HostRules;
  readonly log: AccessLog;
  /** Null where there is no file of keys. */
  readonly keys: KeyRing | null;
  /** The identity provider; null where there is none. */
  readonly issuer: Issuer | null;
  /** Of people with a browser; null where it is not set. */
  readonly signIn: SignIn | null;
  readonly proxies: TrustedProxies;
  /** Null: every client may ask as often as it likes. */
  readonly limits: ClientLimits | null;
}

/**
 * Opens the file of keys where one is configured. Authenticators of the application are asked first, and proxies last:
 * whoever sends credentials through one is who these say.
 * @throws KeyFileError, ConfigurationError, Error with a sentence that names a setting
 */
export function accessPartsOf(options: PoolkeeperModuleOptions): AccessParts {
  const { access = {}, ownsServer = false } = options;
  const configuration = readConfiguration('configuration' in options ? { ...options.configuration } : {});
  const log = new AccessLog({
    folder: 'configuration' in options ? configuration.DATA_DIR : null,
    onFault: (reason) => new Logger('Access').error(`The access log cannot be written: ${reason}`),
  });
  const keys = keyRingOf(configuration, log);
  const oidc = oidcSettingsOf(configuration);
  const issuer = oidc === null ? null : issuerOf(oidc);
  const browser = browserAccessOf(configuration, oidc, log);
  const proxies = new TrustedProxies(configuration.TRUSTED_PROXIES);
  const signedInByProxy = proxySettingsOf(configuration, proxies);
  const own: readonly Authenticator[] = [
    ...(keys === null ? [] : [new KeyAuthenticator(keys)]),
    ...(oidc === null || issuer === null ? [] : [new TokenAuthenticator(oidc, issuer)]),
    ...(browser === null ? [] : [browser.authenticator]),
    ...(signedInByProxy === null ? [] : [new ProxyAuthenticator(signedInByProxy)]),
  ];
  const rates = { ...limitsIn(configuration), ...access.limits };
  return {
    gate: {
      mode: access.mode ?? configuration.AUTH,
      authenticators: [...(access.authenticators ?? []), ...own],
      proxies,
    },
    hosts: new HostRules({
      // Where an application listens is not known here: the address that a connection came in on counts.
      HOST: ownsServer ? configuration.HOST : '0.0.0.0',
      PUBLIC_URL: configuration.PUBLIC_URL,
      ALLOWED_HOSTS: [configuration.ALLOWED_HOSTS, ...(access.allowedHosts ?? [])].filter(Boolean).join(','),
    }),
    log,
    keys,
    issuer,
    signIn: browser?.signIn ?? null,
    proxies,
    limits: rates.RATE_LIMIT === 0 ? null : new ClientLimits(rates),
  };
}

const limitsIn = ({ RATE_LIMIT, RATE_BURST, RATE_LIMIT_UNPROVED }: Configuration): LimitSettings => ({
  RATE_LIMIT,
  RATE_BURST,
  RATE_LIMIT_UNPROVED,
});

/** Its keys are read at once, so that a wrong address is in the log at the start. The start does not wait for them. */
function issuerOf(settings: OidcSettings): Issuer {
  const log = new Logger('Access');
  const issuer = new Issuer({
    ...settings,
    onFault: (reason) => {
      if (reason === null) log.log('The identity provider can be reached again.');
      else
        log.error(
          `The identity provider cannot be reached: ${reason}. Its keys that are known stay in force.`,
        );
    },
  });
  issuer.provider().catch(() => undefined);
  return issuer;
}

function keyRingOf({ API_KEYS_FILE: path }: Configuration, accessLog: AccessLog): KeyRing | null {
  if (path === '') return null;
  const log = new Logger('Access');
  const said = ({ kind, entry }: KeyChange): string => `${kind}: ${entry.id}, ${entry.role}, ${entry.actor}`;
  return new KeyRing(path, {
    onChanged: (changes) => {
      for (const { kind, entry } of changes) {
        accessLog.record({ kind, client: `key:${entry.id}`, actor: entry.actor, detail: standingOf(entry) });
      }
      log.log(`The keys have changed: ${changes.map(said).join('; ')}`);
    },
    onFault: (fault) => {
      if (fault === null) log.log('The file of keys can be used again.');
      else log.error(`${fault} The keys that were read before stay in force.`);
    },
  });
}

/** What a key may do, and until when. */
const standingOf = ({ role, pools, expires, revoked }: KeyEntry): string =>
  [
    role,
    pools === undefined ? 'all pools' : `${pools.length} pools`,
    ...(expires === undefined ? [] : [`expires ${expires}`]),
    ...(revoked === undefined ? [] : [`revoked ${revoked}`]),
  ].join(', ');
